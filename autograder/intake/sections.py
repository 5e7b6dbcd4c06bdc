"""Which exercise the Markdown of a notebook answers: by metadata, the task or heading above it, its place, its content.

Each text is the sheet's or a student's. What the sheet says is taken out of it first; then the rest belongs to the exercise whose
task, heading or tagged cell stands above it. Where several share a heading, or nothing stands above, the kind of the text
(mathematics or prose), its place between answers that are known, and its words decide; where they do not, it stays open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.intake.handed_out import HandedOut
from autograder.intake.parts import unlabelled
from autograder.intake.topics import CLEAR, LEAST, Topics, kinds, wanted
from autograder.model import Exercise

_WORDS = re.compile(r"[^\W\d]+|\d+")
_LABELS = frozenset(
    [
        "exercise",
        "question",
        "problem",
        "task",
        "part",
        "answer",
        "solution",
        "aufgabe",
        "frage",
        "teil",
        "antwort",
        "lösung",
        "item",
        "to",
        "zu",
        "points",
        "point",
        "punkte",
    ]
)
_NOT_MEANT = re.compile(
    r"\b(?:old|alt|scratch|draft|notes?|notizen|entwurf|versuch|do not grade|nicht werten|ignore)\b", re.I
)


How = Literal["tag", "below a tag", "heading", "place"]


@dataclass(frozen=True)
class AnswerCell:
    """A cell of either kind: ``number`` counts all cells from 1, ``exercise`` is the id in its metadata or ""; ``raw`` tells a
    raw cell from Markdown."""

    kind: Literal["code", "text"]
    source: str
    number: int
    exercise: str = ""
    raw: bool = False


@dataclass
class Piece:
    """A text of the student's, and the exercises it may answer: one, several, or none that is known."""

    text: str
    number: int
    among: tuple[Exercise, ...]
    how: How
    span: tuple[int, int] = (0, 0)  # of places in the sheet, where only its place is known


@dataclass
class Sections:
    """What stands where in one notebook."""

    exercises: Sequence[Exercise]
    handed: HandedOut = field(init=False)
    topics: Topics = field(init=False)

    def __post_init__(self) -> None:
        self.handed, self.topics = HandedOut(self.exercises), Topics(self.exercises)
        self.order = {exercise.id: i for i, exercise in enumerate(self.exercises)}
        self.owner: dict[str, int] = {}
        for i, exercise in enumerate(self.exercises):
            for name in exercise.names:
                self.owner.setdefault(name, i)  # a later exercise may put earlier ones' functions to work

    def defined(self, source: str) -> list[int]:
        """Places in the sheet of the exercises whose functions or classes a code cell defines."""
        return sorted({place for name, place in self.owner.items() if defines(source, name)})

    # -------------------------------------------------------------- where each text stands

    def pieces(self, cells: Sequence[AnswerCell]) -> list[Piece]:
        """The student's own texts in order."""
        walk = _Walk(self)
        for cell in cells:
            if cell.exercise:
                walk.tagged(cell)
            elif cell.kind == "code":
                walk.code(cell)
            else:
                walk.text(cell)
        return walk.found

    def named(self, source: str) -> tuple[Exercise, ...]:
        """The exercises whose id, or else whose item, the first line begins with; those below "9-1" where it says no more."""
        line = source.strip().partition("\n")[0][:200]
        words = _WORDS.findall(line.replace("\\_", "_").lower())
        while words and words[0] in _LABELS:
            words = words[1:]
        if not words:
            return ()
        for exercise in self.exercises:
            name = _words(exercise.id)
            if words[: len(name)] == name:
                return (exercise,)
        items = [_words(exercise.item) for exercise in self.exercises]
        longest = max((item for item in items if item and words[: len(item)] == item), key=len, default=None)
        if longest is None:
            return ()
        if words == longest and line.lstrip().startswith("#"):  # "# 9-2" and not a word more
            below = [e for e, item in zip(self.exercises, items, strict=True) if item[: len(longest)] == longest]
            return tuple(below)
        return tuple(e for e, item in zip(self.exercises, items, strict=True) if item == longest)

    # -------------------------------------------------------------- whose each text is

    def settled(
        self, pieces: Sequence[Piece], answered: set[str]
    ) -> tuple[dict[str, list[Piece]], dict[str, list[Piece]]]:
        """Exercise id -> its texts, and exercise id -> texts that may be its answer or another's.

        Args:
            answered: exercises whose answer is known from elsewhere; no other text is looked for.
        """
        sure: dict[str, list[Piece]] = {}
        for piece in pieces:
            if piece.how in ("tag", "below a tag") or (len(piece.among) == 1 and piece.among[0].id not in answered):
                for exercise in piece.among:
                    if exercise.kind == "text":
                        sure.setdefault(exercise.id, []).append(piece)
        open_: dict[str, list[Piece]] = {}
        known = set(sure) | answered
        for group in self._groups(pieces):
            for piece, exercises in self._told_apart(group, known):
                for exercise in exercises:
                    (sure if len(exercises) == 1 else open_).setdefault(exercise.id, []).append(piece)
        return sure, {id: texts for id, texts in open_.items() if id not in sure}

    def _groups(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Texts of several exercises or of none, together with those of the same heading or place."""
        groups: dict[object, list[Piece]] = {}
        for piece in pieces:
            if len(piece.among) != 1 and piece.how in ("heading", "place") and (piece.among or piece.how == "place"):
                groups.setdefault((piece.how, piece.span, tuple(e.id for e in piece.among)), []).append(piece)
        return list(groups.values())

    def _told_apart(self, group: list[Piece], known: set[str]) -> list[tuple[Piece, list[Exercise]]]:
        first = group[0]
        inside = first.among or tuple(self.exercises[slice(*first.span)])
        free = [e for e in inside if e.kind == "text" and e.id not in known]
        pairs = list(zip(group, free, strict=False))
        alike = all(wanted(e) in kinds(p.text) and (first.among or self._likely(p, [e])) for p, e in pairs)
        if len(group) == len(free) and alike:
            return [(piece, [exercise]) for piece, exercise in pairs]
        return [told for piece in group for told in self._by_content(piece, free)]

    def _likely(self, piece: Piece, free: Sequence[Exercise]) -> bool:
        ranked = self.topics.ranked(piece.text, free)
        return bool(ranked) and ranked[0][0] > LEAST

    def _by_content(self, piece: Piece, free: Sequence[Exercise]) -> list[tuple[Piece, list[Exercise]]]:
        """The text's exercise by its words; paragraph by paragraph where they are about different ones."""
        paragraphs = [part for part in re.split(r"\n[ \t]*\n", piece.text) if part.strip()]
        each = [self._best(part, free) for part in paragraphs]
        if len(paragraphs) > 1 and all(len(best) == 1 for best in each) and len({best[0].id for best in each}) > 1:
            return [
                (Piece(part, piece.number, piece.among, piece.how), best)
                for part, best in zip(paragraphs, each, strict=True)
            ]
        best = self._best(piece.text, free)
        return [(piece, best)] if best else []

    def _best(self, text: str, free: Sequence[Exercise]) -> list[Exercise]:
        """The one exercise that a text is clearly about, or the several that it may be about."""
        ranked = [(value, exercise) for value, exercise in self.topics.ranked(text, free) if value > LEAST]
        if not ranked:
            return []
        return [exercise for value, exercise in ranked if value * CLEAR >= ranked[0][0]]


def _words(line: str) -> list[str]:
    return _WORDS.findall(line.lower())


def defines(source: str, name: str) -> bool:
    """Whether code defines ``name`` at the margin."""
    pattern = rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b|^{re.escape(name)}[ \t]*="
    return bool(re.search(pattern, source, re.M))


@dataclass
class _Walk:
    """Goes through a notebook and knows what stands above: ``among`` are the exercises it names, None if nothing does."""

    sheet: Sections
    found: list[Piece] = field(default_factory=list)
    among: tuple[Exercise, ...] | None = None
    how: How = "place"
    behind: int = -1  # the last place of the sheet that is known
    interrupted: bool = False  # by code, since the heading or tag

    def tagged(self, cell: AnswerCell) -> None:
        exercise = next(e for e in self.sheet.exercises if e.id == cell.exercise)
        self._enter((exercise,), "below a tag", self.sheet.order[exercise.id])
        if cell.kind == "text" and (text := self.sheet.handed.without(cell.source).text).strip():
            self.found.append(Piece(text, cell.number, (exercise,), "tag"))

    def code(self, cell: AnswerCell) -> None:
        self.interrupted = True
        if not (defined := self.sheet.defined(cell.source)):
            return
        self._close(defined[0])
        self.behind = defined[-1]
        items = {self.sheet.exercises[place].item for place in defined}
        alone = self.among and len(self.among) == 1 and self.among[0].item not in items
        if self.how != "heading" or alone:
            self.among, self.how = None, "place"

    def text(self, cell: AnswerCell) -> None:
        kept = self.sheet.handed.without(cell.source)
        text, named = kept.text, self.sheet.named(kept.text)
        if named:
            text = text.lstrip().partition("\n")[2]
        if tasks := kept.tasks or named:
            first = min(self.sheet.order[e.id] for e in tasks)
            self._close(first)
            self._enter(tuple(tasks), "heading", first - (len(tasks) > 1))
        elif self.among and re.match(r"\s*#", text) and unlabelled(text)[0] == text:
            title = text.strip().partition("\n")[0]
            if self.how == "below a tag" or _NOT_MEANT.search(title):
                self.among, self.how = (), "heading"
        if text.strip() and self._belongs(text):
            self._add(text.strip("\n"), cell)

    def _belongs(self, text: str) -> bool:
        """Whether a text goes on with what stands above; a remark in words below or amid a formula does not."""
        if not unlabelled(text)[0].strip():
            return self.among is not None  # "Correction:" above a cell of its own
        formulas = bool(self.among) and all(not exercise.rubric for exercise in self.among or ())
        remark = formulas and "formula" not in kinds(text)
        return not (remark and (self.how == "below a tag" or self.interrupted))

    def _add(self, text: str, cell: AnswerCell) -> None:
        if self.among is None:
            span = (self.behind + 1, len(self.sheet.exercises))
            self.found.append(Piece(text, cell.number, (), "place", span))
        else:
            among = tuple(exercise for exercise in self.among if exercise.kind == "text")
            self.found.append(Piece(text, cell.number, among, self.how))

    def _enter(self, among: tuple[Exercise, ...], how: How, behind: int) -> None:
        self.among, self.how, self.behind, self.interrupted = among, how, behind, False

    def _close(self, before: int) -> None:
        """Texts of which only the place is known stand before this place of the sheet."""
        for piece in self.found:
            if piece.how == "place" and piece.span[1] == len(self.sheet.exercises) and before >= piece.span[0]:
                piece.span = (piece.span[0], before)
