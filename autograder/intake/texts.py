"""Where a written answer stands in a submission: a cell with its metadata, a string of its name, or below its heading.

Python source is only cut into tokens, and only a string or a list of strings is ever evaluated; nothing of the student's
runs.
"""

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.intake.content import tidy
from autograder.intake.handed_out import STUB, HandedOut
from autograder.intake.names import opening
from autograder.intake.owners import Owners
from autograder.intake.parts import joined
from autograder.intake.sections import AnswerCell, Piece, Sections
from autograder.model import Exercise

MAX_TEXT = 100_000  # characters of one answer
_MAX_PIECES = 5_000  # tokens of one string or list of strings
_MAX_PLACES = 20  # assignments to one name in one cell; the last ones count
_MAX_PARTS = 200  # texts of one answer that are looked at; the last ones count


@dataclass(frozen=True)
class Texts:
    """What was found.

    Attributes:
        answers: exercise id -> its answer.
        notes: sentences on how an answer was chosen, or why it was not read.
        doubts: exercise id -> why a person must say whether its text is meant for it.
    """

    answers: dict[str, str]
    notes: list[str]
    doubts: dict[str, str]


def find_texts(cells: Sequence[AnswerCell], exercises: Sequence[Exercise]) -> Texts:
    """The written answers in a notebook's cells, without a word of the sheet itself.

    In this order: cells whose metadata name the exercise (a code cell there may hold a string, a list of strings, or the bare
    text), and what goes on below them; a string or list of strings assigned to the exercise's id at the margin of any code
    cell; Markdown below a task or heading that names the exercise; Markdown that by its place, kind and words is its answer.
    Parts of one answer are joined; an old version gives way to the later one.
    """
    found = Texts({}, [], {})
    sections = Sections(exercises)
    pieces = sections.pieces(cells) if any(exercise.kind == "text" for exercise in exercises) else []
    named = {e.id: _assigned_last(cells, e, found.notes) for e in exercises if e.kind == "text"}
    tagged = {e.id: _tagged(cells, e, pieces, sections.handed, found) for e in exercises if e.kind == "text"}
    known = {id for id in tagged if tagged[id].strip() or named[id].strip()}
    sure, open_ = Owners(exercises).settled(pieces, known)
    for exercise in exercises:
        if exercise.kind != "text":
            continue
        text = tagged[exercise.id] or named[exercise.id] or _joined_pieces(sure.get(exercise.id, ()), exercise, found)
        if not text and exercise.id in open_:
            text = _joined_pieces(open_[exercise.id], exercise, found)
            found.doubts[exercise.id] = _doubt(exercise.id, open_)
        text = text or _unchanged(cells, exercise)
        if len(text) > MAX_TEXT:
            found.notes.append(
                f"The answer to {exercise.id} has {len(text)} characters; the first {MAX_TEXT} were read."
            )
        if text:
            found.answers[exercise.id] = text[:MAX_TEXT]
    return Texts(found.answers, list(dict.fromkeys(found.notes)), found.doubts)


def _doubt(id: str, open_: dict[str, list[Piece]]) -> str:
    first = min(open_[id], key=lambda piece: piece.number)
    numbers = {piece.number for piece in open_[id]}
    others = [other for other, pieces in open_.items() if other != id and numbers & {piece.number for piece in pieces}]
    also = f" or {' or '.join(others)}" if others else ""
    return f"Nothing says whether {opening(first.text, 'text')} answers this exercise{also}; a person will read it."


def is_unchanged(text: str, exercise: Exercise) -> bool:
    """Whether ``text`` is empty or what the exercise's starter says, white space aside."""
    starter = AnswerCell("code", exercise.starter, 0)
    unchanged = ("", STUB, exercise.starter, *_assigned(starter, exercise.id, []))
    return _normal(text) in map(_normal, unchanged)


def _normal(text: str) -> str:
    return "".join(text.split())


# ------------------------------------------------------------------ one exercise


def _tagged(
    cells: Sequence[AnswerCell], exercise: Exercise, pieces: Sequence[Piece], handed: HandedOut, found: Texts
) -> str:
    """What its tagged cells say, with what goes on below them."""
    texts = [
        (piece.number, piece.text)
        for piece in pieces
        if piece.how in ("tag", "below a tag") and exercise in piece.among
    ]
    marked = [cell for cell in cells if cell.exercise == exercise.id and cell.kind == "code"]
    bare = [cell for cell in marked if not _assigned(cell, exercise.id, [])]
    texts += [(cell.number, handed.without(_content(cell, found.notes)).text) for cell in bare]
    if not texts and not marked:
        return ""
    return _together([text for _number, text in sorted(texts)], exercise, found)


def _joined_pieces(pieces: Sequence[Piece], exercise: Exercise, found: Texts) -> str:
    return _together([piece.text for piece in pieces], exercise, found)


def _together(texts: Sequence[str], exercise: Exercise, found: Texts) -> str:
    written = [text for text in texts if not is_unchanged(text, exercise)][-_MAX_PARTS:]
    answer, versions = joined(written, written=bool(exercise.rubric))
    if versions > 1:
        found.notes.append(f"{versions} different answers to {exercise.id} were found; the last one counts.")
    return answer


def _assigned_last(cells: Sequence[AnswerCell], exercise: Exercise, notes: list[str]) -> str:
    """The string that code ends up with under the exercise's name; "" if it is the starter's."""
    answer, versions = "", set[str]()
    for cell in cells:
        if cell.kind == "code":
            for text, more in _assignments(cell, exercise.id, notes):
                if more:
                    answer += ("" if not answer or answer.endswith("\n") else "\n") + text
                elif not is_unchanged(text, exercise):
                    answer = text
                    versions.add(_normal(text))
    if len(versions) > 1:
        notes.append(f"{len(versions)} different answers to {exercise.id} were found; the last one counts.")
    return answer


def _unchanged(cells: Sequence[AnswerCell], exercise: Exercise) -> str:
    """The starter where it was handed in as it is, so that it can be said."""
    said = [cell.source for cell in cells if cell.exercise == exercise.id and cell.kind == "text"]
    said += [text for cell in cells if cell.kind == "code" for text in _assigned(cell, exercise.id, [])]
    return next(
        (text for text in reversed(said) if text.strip() not in ("", STUB) and is_unchanged(text, exercise)), ""
    )


# ------------------------------------------------------------------ strings in code


def _content(cell: AnswerCell, notes: list[str]) -> str:
    """What a code cell says that assigns nothing to the exercise's name: its string, or itself where it is none."""
    start = re.match(r"(?:\s*#[^\n]*\n)*\s*(?:[^\W\d]\w*[ \t]*=(?!=))?", cell.source)
    text, rest, note = _literal(cell.source[start.end() if start else 0 :])
    if text is None or rest.strip():
        return cell.source
    notes += [f"Cell {cell.number}: {note}"] if note else []
    return text


def _assigned(cell: AnswerCell, name: str, notes: list[str]) -> list[str]:
    """Strings that the code assigns to ``name`` at the margin."""
    return [text for text, more in _assignments(cell, name, notes) if not more]


def _assignments(cell: AnswerCell, name: str, notes: list[str]) -> list[tuple[str, bool]]:
    """Strings that the code assigns to ``name`` at the margin, and whether each is added to what was there."""
    found = []
    id = re.escape(name)
    places = list(re.finditer(rf"^{id}[ \t]*(?::[^=\n]{{1,100}})?(\+?)=(?!=)([ \t]*{id}[ \t]*\+)?", cell.source, re.M))
    for place in places[-_MAX_PLACES:]:
        text, _rest, note = _literal(cell.source[place.end() : place.end() + 2 * MAX_TEXT])
        if text is not None:
            found.append((text, bool(place[1] or place[2])))
        else:
            note = f'{name} is not a plain string; it was not read as an answer. Write {name} = r"""..."""'
        notes += [f"Cell {cell.number}: {note}"] if note else []
    return found


def _literal(source: str) -> tuple[str | None, str, str]:
    """The string that ``source`` begins with, what follows its line, and "" or a sentence on how it was read.

    None when it begins with anything else. The items of a list are joined as lines.
    """
    tokens, rest = _statement(source.lstrip(" \t"))
    meant = [_as_meant(token) for token in tokens]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\s" in a string is the student's habit, not ours
            text = _joined(ast.parse(" ".join(meant), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None, rest, ""
    text, _ = tidy(text)  # an escape in a string can name what no file can hold
    return text, rest, _RAW_NOTE if meant != tokens else ""


# Possessive throughout: the standard library's tokenizer takes 60 MB for a string of 100,000 escapes.
_PIECE = re.compile(
    r"""(?P<nothing>[ \t\f]++|\#[^\n]*+|\\\n)
    |(?P<text>[A-Za-z]{0,2}+(?:
        \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
        | "(?:[^"\\\n]++|\\.)*+" | '(?:[^'\\\n]++|\\.)*+'))
    |(?P<sign>[\[\](),+])
    |(?P<end>[\n;]|\Z)""",
    re.X | re.S,
)


def _statement(source: str) -> tuple[list[str], str]:
    """Tokens of the first statement, if it is built of strings, brackets, commas and + alone, and the source after it.

    So what is parsed afterwards nests no deeper than its few tokens, whatever else the cell holds.
    """
    tokens: list[str] = []
    depth = position = 0
    while (piece := _PIECE.match(source, position)) and len(tokens) < _MAX_PIECES:
        position = piece.end()
        if piece["end"] is not None and (depth <= 0 or not piece["end"]):
            return tokens, source[position:]
        if token := piece["text"] or piece["sign"]:
            tokens.append(token)
            depth += (token in "([") - (token in ")]")
    return [], source


def _joined(node: ast.expr) -> str:
    """The text of a string, of a list or tuple of strings (as lines), or of a sum of them."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return "\n".join(_joined(item) for item in items)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _joined(left) + _joined(right)
    raise ValueError("not a string")


# LaTeX commands that begin like one of Python's escapes: without the r, "\theta" is a tab and "heta".
_COMMANDS = """alpha approx ast bar because begin beta big Big bigg Bigg bigl bigr bm boldsymbol bot boxed frac forall
    nabla neq nonumber not notag nu rangle rbrace rVert rvert rho right Rightarrow rightarrow tag tan tanh tau text textbf
    textit tfrac therefore theta tilde times top underbrace underline uparrow upsilon varepsilon varphi vartheta vdots vec
    vert xi"""
_LATEX = re.compile(r"(?<!\\)\\(?:" + "|".join(_COMMANDS.split()) + r")(?![A-Za-z])")
_RAW_NOTE = (
    "a string with LaTeX has no r before its quotes, so that Python reads \\theta as a tab and heta; it was read as meant. "
    'Write r"""..."""'
)


def _as_meant(token: str) -> str:
    """A string token; with LaTeX in it and neither r nor doubled backslashes, as if it had the r."""
    if token[0] in "\"'" and _LATEX.search(token) and not re.search(r"\\\\[A-Za-z]", token):
        return "r" + token
    return token
