"""A student's notebook put back into the assignment's shape: every cell that nbgrader knows once, as it was handed out.

Students delete, copy, retag and edit the cells they should not touch, and hand in files that are no notebooks. None of that
changes what is graded, which is read from the file as it was handed in; here the file is made fit for nbgrader to show.
"""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.intake import MAX_BYTES, read_inside, text_of
from autograder.model import InternalError, SubmissionError, listed
from autograder.nbgrader.assignment import CHECK, TASK, exercise_of


@dataclass(frozen=True)
class Known:
    """A cell of the assignment as nbgrader's database has it; ``points`` is None for a cell that is not graded."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    solution: bool
    task: bool = False
    points: float | None = None

    @property
    def metadata(self) -> dict[str, Any]:
        """What nbgrader wants to find in the cell."""
        ours: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": self.grade_id,
            "grade": self.points is not None and not self.task,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
        }
        return (
            ours
            | ({"checksum": self.checksum} if self.checksum else {})
            | ({} if self.points is None else {"points": self.points})
        )


def known_cells(notebook: Any) -> dict[str, Known]:
    """The cells of an assignment's notebook (``nbgrader.api.Notebook``) by grade_id."""
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    points = {cell.name: cell.max_score for cell in notebook.grade_cells} | tasks
    return {
        cell.name: Known(
            cell.name,
            cell.cell_type,
            cell.source or "",
            cell.checksum,
            bool(cell.locked),
            cell.name in solutions,
            cell.name in tasks,
            points.get(cell.name),
        )
        for cell in notebook.source_cells
    }


# ------------------------------------------------------------------ a file as a notebook


def read_any(folder: Path, parts: Sequence[str]) -> NotebookNode:
    """The notebook in a file, whatever is in it; a .py file is one cell, and what cannot be read gives one that says so.

    Args:
        folder, parts: as ``intake.read_inside`` takes them.
    """
    suffix = Path(parts[-1]).suffix.lower()
    try:
        text, is_notebook = text_of(read_inside(folder, parts, max_bytes=MAX_BYTES), suffix)
    except SubmissionError as error:
        return _unreadable(parts[-1], str(error))
    except InternalError:
        return _unreadable(parts[-1])
    if is_notebook and (found := parse_any(text)):
        return found
    if is_notebook and suffix != ".py":
        return _unreadable(parts[-1])
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text)])


def parse_any(text: str) -> NotebookNode | None:
    """The notebook that ``text`` is, valid for nbformat, with damaged parts left out; None if it is none."""
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # of cells without an id, or with one of another's: it puts them right
            found = nbformat.reads(text, as_version=4)
            nbformat.validate(found)
    except Exception:  # nbformat fails in as many ways as a file can be broken
        return _salvaged(text)
    return found


def _salvaged(text: str) -> NotebookNode | None:
    """Types, sources and tags of the cells, where the file has at least those."""
    try:
        raw = json.loads(text)["cells"]
        cells = [_salvaged_cell(cell) for cell in raw if isinstance(cell, dict)]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return nbformat.v4.new_notebook(cells=cells)


def _salvaged_cell(cell: dict[str, Any]) -> NotebookNode:
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    made = (
        nbformat.v4.new_code_cell(source) if cell.get("cell_type") == "code" else nbformat.v4.new_markdown_cell(source)
    )
    for namespace, key in (("nbgrader", "grade_id"), ("autograder", "exercise")):
        said = cell.get("metadata")
        said = said.get(namespace) if isinstance(said, dict) else None
        if isinstance(said, dict) and isinstance(said.get(key), str):
            made.metadata[namespace] = {key: said[key]}
    return made


def _unreadable(name: str, why: str = "") -> NotebookNode:
    note = f"The file {name!r} could not be read as a notebook. {why}".rstrip()
    note += " What stands below was handed out, not handed in."
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(note)])


# ------------------------------------------------------------------ its cells


def repair(notebook: NotebookNode, known: Mapping[str, Known]) -> list[str]:
    """Puts every known cell where it belongs, once, with nbgrader's metadata; returns a sentence for each that was not.

    Answer cells keep the student's text, all others get back what was handed out.
    """
    notes: list[tuple[str, str]] = []
    seen: set[str] = set()
    for cell in reversed(notebook.cells):
        id = _claimed(cell, known)
        cell.metadata.pop("nbgrader", None)
        if id in seen:
            notes.append((_TWICE, id))
        elif id:
            seen.add(id)
            notes += _restore(cell, known[id])
    missing = [cell for id, cell in known.items() if id not in seen]
    for cell in missing:
        notebook.cells.insert(_place(notebook.cells, cell.grade_id), _new(cell))
    if not seen:
        notes.append((_NONE, ""))
    else:
        notes += [(_MISSING, cell.grade_id) for cell in missing]
    _number(notebook)
    return _sentences(notes)


_NONE = "none of the assignment's cells is there; all were put back"
_TWICE = "there more than once, so that the last one counts"
_MISSING = "missing, so put back"
_EDITED = "edited, so as it was handed out again"


def _sentences(notes: Sequence[tuple[str, str]]) -> list[str]:
    """One sentence for each thing that happened, with the cells to which it did."""
    cells: dict[str, list[str]] = {}
    for said, id in notes:
        cells.setdefault(said, []).append(id)
    return [said + (f": {listed(sorted(ids))}" if ids[0] else "") for said, ids in cells.items()]


def _claimed(cell: NotebookNode, known: Mapping[str, Known]) -> str:
    """Which known cell this one says it is; "" if none."""
    for namespace, key in (("nbgrader", "grade_id"), ("autograder", "exercise")):
        said = cell.metadata.get(namespace)
        id = said.get(key) if isinstance(said, dict) else None
        if isinstance(id, str) and id in known:
            return id
    return ""


def _restore(cell: NotebookNode, known: Known) -> list[tuple[str, str]]:
    notes = []
    if cell.cell_type != known.cell_type:
        notes.append((f"made {cell.cell_type}, so {known.cell_type} again", known.grade_id))
        cell.cell_type = known.cell_type
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
        if known.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if not known.solution and cell.source != known.source:
        notes.append((_EDITED, known.grade_id))
        cell.source = known.source
    cell.metadata["nbgrader"] = nbformat.from_dict(known.metadata)
    return notes


def _new(known: Known) -> NotebookNode:
    make = nbformat.v4.new_code_cell if known.cell_type == "code" else nbformat.v4.new_markdown_cell
    return make(known.source, metadata=nbformat.from_dict({"nbgrader": known.metadata}))


def _place(cells: Sequence[NotebookNode], id: str) -> int:
    """Where a missing cell goes: beside the other cells of its exercise, task, answer, test; else at the end."""
    at = {cell.metadata.get("nbgrader", {}).get("grade_id"): i for i, cell in enumerate(cells)}
    exercise = exercise_of(id).removesuffix(TASK)
    family = [exercise + TASK, exercise, exercise + CHECK]
    if id in family:
        before, after = family[: family.index(id)], family[family.index(id) + 1 :]
        for other in reversed(before):
            if other in at:
                return at[other] + 1
        for other in after:
            if other in at:
                return at[other]
    return len(cells)


def _number(notebook: NotebookNode) -> None:
    """Cells get ids that are theirs alone, the same ones every time."""
    notebook.nbformat, notebook.nbformat_minor = 4, max(5, notebook.get("nbformat_minor", 5))
    taken: set[str] = set()
    for i, cell in enumerate(notebook.cells):
        wanted = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id") or f"cell-{i}"
        cell.id = wanted if wanted not in taken and len(wanted) <= 64 else f"cell-{i}"
        taken.add(cell.id)
