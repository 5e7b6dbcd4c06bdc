"""Which exercise the Markdown of a notebook answers: by metadata, or by the task or heading above it.

Each text is the sheet's or a student's. What the sheet says is taken out of it first; then the rest belongs to the exercise whose
task, heading or tagged cell stands above it. Where several share a heading, or nothing stands above, ``owners`` finds out.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.intake.handed_out import HandedOut
from autograder.intake.parts import unlabelled
from autograder.intake.topics import kinds
from autograder.model import Exercise

_WORDS = re.compile(r"[^\W\d]+|\d+")
_LABELS = re.compile(
    r"exercise|question|problem|task|part|answer|solution|aufgabe|frage|teil|antwort|lösung|item|to|zu|points?|punkte?"
)
_NOT_MEANT = re.compile(
    r"\b(?:old|alt|scratch|draft|notes?|notizen|entwurf|versuch|do not grade|nicht werten|ignore)\b", re.I
)


_LETTER = re.compile(
    r"^[ \t]*(?:(?:\#+[ \t]*|\*\*|__)\(?(?P<a>[a-z])[).:]*|\(?(?P<b>[a-z])\))(?:\*\*|__)?[.:]?(?=\s|$)", re.M | re.I
)  # "b)", "(b)", "**b.**", "## b" where a line begins; "B. Schmidt" and "D: the discriminator" are none

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

    def __post_init__(self) -> None:
        self.handed = HandedOut(self.exercises)
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
        walk = _Walk(self, tags=any(cell.exercise for cell in cells))
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
        while words and _LABELS.fullmatch(words[0]):
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

    def below(self, above: Sequence[str], letter: str) -> tuple[Exercise, ...]:
        """The exercises of part ``letter`` of the task that ``above`` is a part of, or is."""
        items = [_words(exercise.item) for exercise in self.exercises]
        wanted = [[*above, letter.lower()], [*above[:-1], letter.lower()]]
        found = [tuple(e for e, item in zip(self.exercises, items, strict=True) if item == one) for one in wanted]
        return next(filter(None, found), ())


def rest_of_line(line: str) -> str:
    """What stands behind "9-2 (a)" on its line and is no title: titles are headings, or as bold as the number."""
    if re.match(r"\s*(?:#|(?:\*\*|__).*(?:\*\*|__)\s*$)", line):
        return ""
    label = re.match(r"[\s*_]*(?:[^\W\d]+\s+)?[\d.\-–]*\d[\s.\-–]*\(?(?:[a-z]\b)?[\s).:*_]*", line[:200], re.I)
    return line[label.end() :] if label and len(_WORDS.findall(line[label.end() :])) > 8 else ""


def _words(line: str) -> list[str]:
    return _WORDS.findall(line.lower())


def defines(source: str, name: str) -> bool:
    """Whether code defines ``name`` at the margin."""
    return name in source and bool(_definition(name).search(source))


def definitions(source: str, name: str) -> list[int]:
    """The lines, from 0, in which it does."""
    return [source.count("\n", 0, match.start()) for match in _definition(name).finditer(source)]


@functools.lru_cache(maxsize=256)
def _definition(name: str) -> re.Pattern[str]:
    known = re.escape(name)
    return re.compile(rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{known}\b|^{known}[ \t]*=", re.M)


@dataclass
class _Walk:
    """Goes through a notebook and knows what stands above: ``among`` are the exercises it names, None if nothing does."""

    sheet: Sections
    tags: bool  # whether any cell says whose it is
    found: list[Piece] = field(default_factory=list)
    among: tuple[Exercise, ...] | None = None
    above: Sequence[str] = ()  # the number of the task or part that was last named, as words
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
        self.above = _words(self.sheet.exercises[self.behind].item)
        items = {self.sheet.exercises[place].item for place in defined}
        alone = self.among and len(self.among) == 1 and self.among[0].item not in items
        if self.how != "heading" or alone:
            self.among, self.how = None, "place"

    def text(self, cell: AnswerCell) -> None:
        kept = self.sheet.handed.without(cell.source)
        text, named = kept.text, self.sheet.named(kept.text)
        if named:
            line, _, text = text.lstrip().partition("\n")
            text = f"{rest_of_line(line)}\n{text}"
        if tasks := kept.tasks or named:
            self._name(tuple(tasks))
        elif self.among and re.match(r"\s*#", text) and unlabelled(text)[0] == text:
            title = text.strip().partition("\n")[0]
            if self.how == "below a tag" or _NOT_MEANT.search(title):
                self.among, self.how = (), "heading"
        for among, part in self._parts(text):
            if among:
                self._name(among)
            if part.strip() and self._belongs(part):
                self._add(part.strip("\n"), cell)

    def _name(self, among: tuple[Exercise, ...]) -> None:
        first = min(self.sheet.order[e.id] for e in among)
        self._close(first)
        self._enter(among, "heading", first - (len(among) > 1))

    def _parts(self, text: str) -> list[tuple[tuple[Exercise, ...], str]]:
        """A text that begins with a part's letter, cut at each such letter; any other as it is.

        The first must be of a later part than the one that stands above: an answer may hold a list.
        """
        one = self.among and len({exercise.item for exercise in self.among}) == 1
        place = max(self.sheet.order[e.id] for e in self.among) if self.among and one else -1
        cuts: list[tuple[int, int, tuple[Exercise, ...]]] = []
        for letter in () if self.tags else _LETTER.finditer(text):
            among = self.sheet.below(self.above, letter["a"] or letter["b"])
            later = among and min(self.sheet.order[e.id] for e in among) > place
            if later and (cuts or not text[: letter.start()].strip()):
                cuts.append((letter.start(), letter.end(), among))
                place = max(self.sheet.order[e.id] for e in among)
        if not cuts:
            return [((), text)]
        ends = [start for start, _, _ in cuts[1:]] + [len(text)]
        return [(among, text[begin:end]) for (_, begin, among), end in zip(cuts, ends, strict=True)]

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
        number = _words(among[0].item) if among else ()
        self.above = number if len({exercise.item for exercise in among}) == 1 else number[:-1]

    def _close(self, before: int) -> None:
        """Texts of which only the place is known stand before this place of the sheet."""
        for piece in self.found:
            if piece.how == "place" and piece.span[1] == len(self.sheet.exercises) and before >= piece.span[0]:
                piece.span = (piece.span[0], before)
