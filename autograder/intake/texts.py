"""Where a written answer stands in a submission: a cell with its metadata, a string of its name, or below its heading.

Python source is only cut into tokens, and only a string or a list of strings is ever evaluated; nothing of the student's
runs.
"""

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.intake.content import tidy
from autograder.model import Exercise

MAX_TEXT = 100_000  # characters of one answer
_MAX_PIECES = 5_000  # tokens of one string or list of strings
_MAX_PLACES = 20  # assignments to one name in one cell; the last ones count
_STUB = "YOUR ANSWER HERE"  # what nbgrader leaves in a Markdown cell


@dataclass(frozen=True)
class AnswerCell:
    """A cell of either kind: ``number`` counts all cells from 1, ``exercise`` is the id in its metadata or ""."""

    kind: Literal["code", "text"]
    source: str
    number: int
    exercise: str = ""


def find_texts(cells: Sequence[AnswerCell], exercises: Sequence[Exercise]) -> tuple[dict[str, str], list[str]]:
    """Exercise id -> answer for every text exercise that has one, and sentences on how it was chosen or why not read.

    In this order: cells whose metadata name the exercise (a code cell there may hold a string, a list of strings, or the
    bare text); a string or list of strings assigned to the exercise's id at the margin of any code cell; and, where no
    cell has the metadata any more, the Markdown below a heading that names the id or the item. Of several the last one
    counts that is neither empty nor the unchanged starter.
    """
    texts: dict[str, str] = {}
    notes: list[str] = []
    for exercise in exercises:
        if exercise.kind == "text":
            text = _answer(cells, exercise, exercises, notes)
            if len(text) > MAX_TEXT:
                notes.append(f"The answer to {exercise.id} has {len(text)} characters; the first {MAX_TEXT} were read.")
            if text:
                texts[exercise.id] = text[:MAX_TEXT]
    return texts, list(dict.fromkeys(notes))


def is_unchanged(text: str, exercise: Exercise) -> bool:
    """Whether ``text`` is empty or what the exercise's starter says, white space aside."""
    starter = AnswerCell("code", exercise.starter, 0)
    unchanged = ("", _STUB, exercise.starter, *_assigned(starter, exercise.id, []))
    return _normal(text) in map(_normal, unchanged)


def _answer(cells: Sequence[AnswerCell], exercise: Exercise, exercises: Sequence[Exercise], notes: list[str]) -> str:
    marked = [cell for cell in cells if cell.exercise == exercise.id]
    by_metadata = [_content(cell, exercise.id, notes) for cell in marked]
    by_name = [text for cell in cells if cell.kind == "code" for text in _assigned(cell, exercise.id, notes)]
    by_heading = [] if marked else _below_headings(cells, exercise, exercises)
    for texts in (by_metadata, by_name, by_heading):
        written = [text for text in texts if not is_unchanged(text, exercise)]
        if len(set(map(_normal, written))) > 1:
            notes.append(f"{len(written)} different answers to {exercise.id} were found; the last one counts.")
        if written:
            return written[-1]
    return next((text for text in reversed(by_metadata + by_name) if text.strip() not in ("", _STUB)), "")


def _normal(text: str) -> str:
    return "".join(text.split())


# ------------------------------------------------------------------ strings in code


def _content(cell: AnswerCell, name: str, notes: list[str]) -> str:
    """What an answer cell says: a Markdown cell its text; a code cell its string, or itself where it is none."""
    if cell.kind == "text":
        return cell.source
    if assigned := _assigned(cell, name, notes):
        return assigned[-1]
    start = re.match(r"(?:\s*#[^\n]*\n)*\s*(?:[^\W\d]\w*[ \t]*=(?!=))?", cell.source)
    text, rest, note = _literal(cell.source[start.end() if start else 0 :])
    if text is None or rest.strip():
        return cell.source
    notes += [f"Cell {cell.number}: {note}"] if note else []
    return text


def _assigned(cell: AnswerCell, name: str, notes: list[str]) -> list[str]:
    """Strings that the code assigns to ``name`` at the margin."""
    found = []
    places = list(re.finditer(rf"^{re.escape(name)}[ \t]*(?::[^=\n]{{1,100}})?=(?!=)", cell.source, re.M))
    for place in places[-_MAX_PLACES:]:
        text, _rest, note = _literal(cell.source[place.end() : place.end() + 2 * MAX_TEXT])
        if text is not None:
            found.append(text)
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


# ------------------------------------------------------------------ headings

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
    ]
)


def _below_headings(cells: Sequence[AnswerCell], exercise: Exercise, exercises: Sequence[Exercise]) -> list[str]:
    """Texts below the first line of a Markdown cell that names the exercise; in the next cell when that one holds no more."""
    found = []
    for i, cell in enumerate(cells):
        if cell.kind != "text" or cell.exercise or _named(cell.source, exercises) is not exercise:
            continue
        text = _below_task(cell.source.strip().partition("\n")[2], exercise.task)
        following = cells[i + 1] if i + 1 < len(cells) else None
        if not text.strip() and following and following.kind == "text" and not _named(following.source, exercises):
            text = "" if following.exercise else following.source
        found.append(text)
    return found


def _named(source: str, exercises: Sequence[Exercise]) -> Exercise | None:
    """The text exercise whose id, or else whose item, the first line of a cell begins with; None if several share the item."""
    words = _words(source.strip().partition("\n")[0][:200])
    while words and words[0] in _LABELS:
        words = words[1:]
    if not words:
        return None
    for exercise in exercises:
        name = _words(exercise.id)
        if words[: len(name)] == name:
            return exercise if exercise.kind == "text" else None
    items = [_words(exercise.item) for exercise in exercises]
    longest = max((item for item in items if item and words[: len(item)] == item), key=len, default=None)
    sharing = [
        exercise for exercise, item in zip(exercises, items, strict=True) if item == longest and exercise.kind == "text"
    ]
    return sharing[0] if len(sharing) == 1 else None


def _words(line: str) -> list[str]:
    return _WORDS.findall(line.replace("\\_", "_").lower())


def _below_task(text: str, task: str) -> str:
    """``text`` without the exercise's own task, which stands above the answer or is all there is."""
    title, _, body = task.strip().partition("\n")
    said = _normal(body if title.startswith("#") else task)
    if _normal(text) and _normal(text) in said:
        return ""
    if not said or not _normal(text).startswith(said):
        return text
    lines, seen = text.splitlines(), 0
    while lines and seen < len(said):
        seen += len(_normal(lines.pop(0)))
    return "\n".join(lines)
