"""A student's file -> Submission: the one place that knows what a notebook looks like. Nothing in it is ever run.

Outputs are never looked at; of metadata, only where an answer stands and the kernel's language. What the student did
wrong ends as a sentence in ``Submission.problem`` (nothing could be read) or ``Submission.notes`` (the rest was).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from autograder.intake import bounded_json, exported, old_formats
from autograder.intake.content import as_utf8, decode_python, first_character, refuse_foreign, refuse_other_text, tidy
from autograder.intake.names import clean, opening
from autograder.intake.sections import AnswerCell
from autograder.intake.student_file import WANTED, StudentFile, on_disk, read_bytes
from autograder.intake.texts import find_texts
from autograder.intake.whereabouts import elsewhere
from autograder.model import AutograderError, Cell, Exercise, Origin, Submission, SubmissionError

MAX_BYTES = 50 << 20
MAX_CELLS = 10_000
MAX_CHARACTERS = 1_000_000  # of one cell
MAX_LINE = 200_000  # characters of one line of code
MAX_NOTES = 20
_UNREAD = frozenset({"outputs", "attachments", "widgets"})  # of any size; nothing in them is an answer


def read(path: Path, student: str, exercises: Sequence[Exercise], *, max_bytes: int = MAX_BYTES) -> Submission:
    """What the notebook or .py file at ``path`` says; see ``read_file``."""
    return read_file(on_disk(path), student, exercises, max_bytes=max_bytes)


def sheet_said_by(path: Path) -> str:
    """The sheet that a notebook's metadata say it answers; "" if they say nothing or it cannot be read."""
    try:
        root, _ = bounded_json.loads(read_bytes(path, max_bytes=MAX_BYTES), without=_UNREAD)
        said = root["metadata"]["autograder"]["sheet"]
    except (AutograderError, LookupError, TypeError):
        return ""
    return said if isinstance(said, str) else ""


def read_file(
    file: StudentFile,
    student: str,
    exercises: Sequence[Exercise],
    *,
    max_bytes: int = MAX_BYTES,
    origin: Origin | None = None,
    notes: Sequence[str] = (),
) -> Submission:
    """What a file says. A file that cannot be read for a reason of the student's is a Submission with a problem.

    The content decides what the file is, not its name: a notebook named .py and a Python file named .ipynb are read as
    what they are. Memory: the file's size and at most 50 MB.

    Args:
        exercises: of the sheet; their ids, items, kinds and starters say where answers stand.
        origin, notes: kept in the submission; what is found while reading is added to the notes.

    Raises:
        InternalError: the file may not be read or has vanished.
    """
    origin, data, path = origin or Origin(), b"", clean_path(file.path)
    try:
        data = file.read(max_bytes)
        content = _parse(data, file.suffix, exercises)
    except SubmissionError as error:
        digest = hashlib.sha256(data).hexdigest() if data else ""
        return Submission(student, path, digest, problem=str(error), notes=tuple(notes), origin=origin)
    found = [*notes, *content.notes[:MAX_NOTES]]
    if len(content.notes) > MAX_NOTES:
        found.append(f"There are {len(content.notes) - MAX_NOTES} more remarks of this kind.")
    digest = hashlib.sha256(data).hexdigest()
    return Submission(
        student,
        path,
        digest,
        content.cells,
        content.texts,
        content.doubts,
        content.elsewhere,
        notes=tuple(found),
        origin=origin,
    )


def clean_path(path: str) -> str:
    """``path`` with each part made printable; an ordinary path stays as it is."""
    return "/".join(clean(part, limit=255) if part.strip(".") else part for part in path.split("/"))


def text_of(data: bytes, suffix: str) -> tuple[str, bool]:
    """The text of a file, and whether it is a notebook's: by its content, as for the grade.

    Raises:
        SubmissionError: it is neither a notebook nor Python.
    """
    refuse_foreign(data)
    text = as_utf8(data)
    if first_character(text) == b"{":
        return bounded_json.decoded(text)[0], True
    refuse_other_text(text, suffix)
    return tidy(decode_python(text)[0])[0], False


class _Content(NamedTuple):
    cells: tuple[Cell, ...]
    texts: dict[str, str]
    notes: list[str]
    doubts: dict[str, str]
    elsewhere: dict[str, str]


def _parse(data: bytes, suffix: str, exercises: Sequence[Exercise]) -> _Content:
    refuse_foreign(data)
    text = as_utf8(data)
    if first_character(text) == b"{":
        try:
            return _notebook(text, suffix, exercises)
        except SubmissionError:
            if suffix != ".py":
                raise
    return _python(text, suffix, exercises)


def _python(data: bytes, suffix: str, exercises: Sequence[Exercise]) -> _Content:
    notes = []
    refuse_other_text(data, suffix)
    if suffix != ".py":
        notes.append("The file holds Python and is no notebook, whatever its name says; it was read as a .py file.")
    if len(data) > 4 * MAX_CHARACTERS:
        raise SubmissionError(
            f"The Python file has {len(data) / 2**20:.1f} MB; at most {4 * MAX_CHARACTERS / 2**20:.1f} MB are read. "
            "Take large data out of it and hand it in again."
        )
    source, note = decode_python(data)
    notes += [note] if note else []
    cells = _limited([AnswerCell("code", source, 1)], notes, what="file")
    return _content(cells, exercises, notes, python=True)


def _notebook(data: bytes, suffix: str, exercises: Sequence[Exercise]) -> _Content:
    root, note = bounded_json.loads(data, without=_UNREAD)
    notes = [note] if note else []
    raw = _raw_cells(root)
    if suffix == ".py":
        notes.append("The file is a notebook, although its name ends in .py; it was read as a notebook.")
    _refuse_language(root)
    ids = {exercise.id for exercise in exercises}
    cells = [_cell(cell, number, ids, notes) for number, cell in enumerate(raw, start=1)]
    if not raw:
        notes.append("The notebook has no cells.")
    return _content(_limited([cell for cell in cells if cell], notes), exercises, notes)


def _content(
    cells: Sequence[AnswerCell], exercises: Sequence[Exercise], notes: list[str], *, python: bool = False
) -> _Content:
    told = exported.cells(cells[0].source) if python and cells and exported.is_exported(cells[0].source) else cells
    found = find_texts(told, exercises)
    code = tuple(Cell(cell.source, cell.number, cell.exercise) for cell in cells if cell.kind == "code")
    places = elsewhere(cells, exercises, python=python)
    return _Content(code, found.answers, [*notes, *found.notes], found.doubts, places)


# ------------------------------------------------------------------ the notebook's own structure


def _raw_cells(root: Any) -> list[Any]:
    """The list of cells, as the file has them, of a notebook of any format."""
    if not isinstance(root, dict):
        raise SubmissionError(f"A notebook was expected, but the file holds {_name(root)} and no cells. {WANTED}")
    if "cells" not in root and isinstance(root.get("worksheets"), list):
        cells: Any = old_formats.cells(root["worksheets"])
    else:
        cells = root.get("cells")
    if not isinstance(cells, list):
        raise SubmissionError(f"A notebook has a list of cells, but here it is {_name(cells)}. {WANTED}")
    if len(cells) > MAX_CELLS:
        raise SubmissionError(
            f"The notebook has {len(cells)} cells; at most {MAX_CELLS} are read. Hand in your answers alone."
        )
    return cells


def _cell(cell: Any, number: int, ids: set[str], notes: list[str]) -> AnswerCell | None:
    """A cell whose type and source are what the format says; else None and a note."""
    source = old_formats.joined(cell.get("source")) if isinstance(cell, dict) else None
    if not isinstance(source, str) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        notes.append(f"A cell, number {number} from the top, is damaged and was left out.")
        return None
    kind: Literal["code", "text"] = "code" if cell["cell_type"] == "code" else "text"
    return AnswerCell(kind, source, number, _exercise(cell.get("metadata"), ids), raw=cell["cell_type"] == "raw")


def _exercise(metadata: Any, ids: set[str]) -> str:
    """The exercise that a cell's metadata name: our own key first, else nbgrader's grade_id."""
    for namespace, key in (("autograder", "exercise"), ("nbgrader", "grade_id")):
        entry = metadata.get(namespace) if isinstance(metadata, dict) else None
        value = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(value, str) and value in ids:
            return value
    return ""


def _limited(cells: Sequence[AnswerCell], notes: list[str], *, what: str = "cell") -> list[AnswerCell]:
    """The cells of a size that is read, with line ends and characters put right."""
    kept = []
    for cell in cells:
        source, changed = tidy(cell.source)
        short = cell.kind == "text" or len(source) > MAX_CHARACTERS
        longest = 0 if short else max(map(len, source.split("\n")))
        if len(source) > MAX_CHARACTERS or longest > MAX_LINE:
            notes.append(
                f"{_named(cell, what, kept=False)} was left out: it has {len(source)} characters "
                f"(at most {MAX_CHARACTERS} are read)"
                + (f", {longest} of them in one line (at most {MAX_LINE})." if longest > MAX_LINE else ".")
            )
            continue
        if changed:
            notes.append(
                f"{_named(cell, what, kept=True)} holds characters that no file can; each was replaced by U+FFFD."
            )
        kept.append(replace(cell, source=source))
    return kept


def _named(cell: AnswerCell, what: str, *, kept: bool) -> str:
    """At the beginning of a sentence. Of a code cell that is kept the number, for which the grader finds words."""
    place = opening(cell.source, what)
    return f"Cell {cell.number}" if kept and cell.kind == "code" else f"{place[:1].upper()}{place[1:]}"


def _refuse_language(root: dict[str, Any]) -> None:
    metadata = root.get("metadata")
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        entry = metadata.get(section) if isinstance(metadata, dict) else None
        language = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(language, str) and language.strip():
            if "python" not in language.lower():
                raise SubmissionError(
                    f"A notebook in Python was expected, but this one's language is {clean(language, limit=30)}. "
                    "Choose Kernel > Change kernel > Python 3, run it, save, and hand it in again."
                )
            return


def _name(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "nothing (null)"}
    return names.get(type(value), "a number")
