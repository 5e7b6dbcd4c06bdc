"""Where something is, is said by what stands there: in a grade as in a student's own check."""

import re

import pytest

from autograder.formats.json import render
from autograder.grading.spots import MOST, by_place
from autograder.model import Cell, Status, Submission

FALLS = "def mean_square(x):\n    y = x * x\n    return y.sum() / lenght\n"


def notebook(*cells: Cell) -> Submission:
    return Submission("anna", "anna.ipynb", "0" * 64, cells)


def test_a_grade_names_a_cell_by_what_it_defines_and_shows_the_line(grader):
    cells = Cell("import torch\n\n1 / 0", 3), Cell(FALLS, 7, "mean_square")
    report = grader.grade(notebook(*cells))
    assert report.notes[0].startswith("The cell that begins with `import torch` raised ZeroDivisionError")
    failed = next(f for f in report.results[0].findings if f.status is Status.FAILED)
    assert "in the cell of mean_square, line 3: `return y.sum() / lenght`." in failed.message
    assert failed.line == 3
    assert not re.search(r"\bcells? \d", render(report).decode(), re.I)


def test_a_name_that_a_cell_did_not_come_to_define_is_explained_by_place(grader):
    report = grader.grade(notebook(Cell("mean_square = 1 / 0", 4)))
    first = report.results[0].findings[0]
    assert (
        "could not be defined: The cell that begins with `mean_square = 1 / 0` raised ZeroDivisionError"
        in first.message
    )
    assert first.tell == first.message


def test_cells_of_which_only_a_part_was_run_are_named_too():
    submission = notebook(*(Cell(f"x{i} = {i}", i) for i in range(2, 10)))
    some, all_ = (", ".join(f"the cell that begins with `x{i} = {i}`" for i in range(2, end)) for end in (5, 2 + MOST))
    assert by_place("Of cells 2, 3, 4 only the imports", submission) == f"Of {some} only the imports"
    said = by_place("Of cells 2, 3, 4, 5, 6, 7, 8, 9 only the imports", submission)
    assert said == f"Of {all_} and {8 - MOST} more only the imports"


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("", "the cell of f, line 1: `a = 1`"),
        ("b.ipynb", "the cell of f in b.ipynb, line 1: `a = 1`"),
        ("b.py", "the file b.py, line 1: `a = 1`"),
    ],
)
def test_a_place_in_another_file_says_which(file, place):
    submission = notebook(Cell("a = 1", 7, "f", file))
    assert by_place("in cell 7, line 1.", submission) == f"in {place}."
    assert by_place("Of cells 7, 8 and cell 9.", submission) == "Of cells 7, 8 and cell 9."
