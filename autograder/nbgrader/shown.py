"""A report in the notebook that Formgrader and feedback show: findings below test cells, what is to know of all above."""

from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode

from autograder.formats import printable
from autograder.model import Report
from autograder.nbgrader.assignment import CHECK, exercise_of
from autograder.nbgrader.findings import fragment
from autograder.nbgrader.repair import Known

NOTES = "autograder-notes"  # the id of the cell with what is to know of a submission as a whole


def show(cells: list[NotebookNode], report: Report, known: Mapping[str, Known]) -> None:
    """Puts the findings below the test cells, as if those had been run, and before all others what is to know of the whole."""
    results = {result.id: result for result in report.results}
    for cell in cells:
        id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        result = results.get(exercise_of(id))
        if result is not None and id.endswith(CHECK) and cell.cell_type == "code":
            score = (
                "no score yet"
                if result.score is None
                else repr(float(scaled(result.score, result.possible, known[id])))
            )
            data = {"text/plain": score, "text/html": fragment(report, result)}
            cell.execution_count = 1
            cell.outputs = [nbformat.v4.new_output("execute_result", data=data, execution_count=1)]
    if report.notes:
        text = "\n".join(
            f"    {printable(note, newlines=False)}" for note in report.notes
        )  # as code: nothing in it is HTML
        cells.insert(0, nbformat.v4.new_markdown_cell(text, id=NOTES))


def scaled(score: float, possible: float, known: Known) -> float:
    """A score in nbgrader's points for the cell, should the instructor have changed them there; within [0, points]."""
    points = possible if known.points is None else known.points
    return min(max(round(score * points / possible, 6), 0.0), points)
