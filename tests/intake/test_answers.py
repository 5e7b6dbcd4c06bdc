"""What is shown of an answer, and which of its lines a place in the submission is."""

import pytest

from autograder.intake import answer_to, line_in_answer
from autograder.model import Cell, Check, Exercise, Submission
from autograder.student import place_in
from tests.formats import builders

EXERCISE = next(exercise for exercise in builders.sheet().exercises if exercise.id == "kl_normal")
CELLS = (
    Cell("import torch", 1),
    Cell("\n\ndef kl_normal(a):\n    return help(a)", 3, "kl_normal"),
    Cell("def help(a):\n    return a", 5, "kl_normal"),
)
NOTEBOOK = Submission("anna", "anna.ipynb", "0", CELLS, {})
SOURCE = "import torch\n\n@torch.no_grad()\ndef kl_normal(a):\n    x = a\n    return x\n\ny = 1"
FILE = Submission("ben", "ben.py", "0", (Cell(SOURCE, 1),), {})


@pytest.mark.parametrize(
    ("submission", "cell", "line", "text"),
    [
        (NOTEBOOK, 3, 3, "def kl_normal(a):"),
        (NOTEBOOK, 3, 4, "    return help(a)"),
        (NOTEBOOK, 5, 2, "    return a"),
        (FILE, 1, 3, "@torch.no_grad()"),
        (FILE, 1, 6, "    return x"),
    ],
)
def test_a_line_of_a_cell_is_found_in_the_answer(submission: Submission, cell: int, line: int, text: str):
    shown = answer_to(EXERCISE, submission).split("\n")
    assert shown[line_in_answer(EXERCISE, submission, cell, line) - 1] == text


@pytest.mark.parametrize(
    ("submission", "cell", "line"), [(NOTEBOOK, 1, 1), (NOTEBOOK, 3, 1), (NOTEBOOK, 3, 5), (FILE, 1, 1), (FILE, 1, 8)]
)
def test_a_line_that_is_not_shown_is_none(submission: Submission, cell: int, line: int):
    assert line_in_answer(EXERCISE, submission, cell, line) == 0


def test_a_text_has_no_lines_of_code():
    text = next(exercise for exercise in builders.sheet().exercises if exercise.kind == "text")
    assert line_in_answer(text, NOTEBOOK, 3, 3) == 0


def test_the_place_is_the_one_that_the_engine_named():
    said = "f raised ValueError: wrong in cell 9, line 9, they say in cell 3, line 12. Advice."
    assert place_in(said) == (3, 12)
    assert place_in("f raised ValueError: wrong.") is None


# ------------------------------------------------------------------ what is shown

DISTANCE = Exercise("distance", "1", 1, "code", ("distance",), (Check("is there", 1, lambda answer: None),))
DEFINED = "def distance(a, b):\n    return a - b"


def shown(*cells: Cell, path: str = "ex.ipynb") -> str:
    return answer_to(DISTANCE, Submission("ada", path, "0" * 64, cells))


def test_of_a_notebook_the_cells_that_are_marked_or_define_the_name():
    cells = [
        Cell("import torch", 1),
        Cell("half = 1 / 2\n", 2, "distance"),
        Cell(f"\n{DEFINED}\n", 3),
        Cell("distance(1, 2)", 4),
    ]
    assert shown(*cells) == f"half = 1 / 2\n\n{DEFINED}"


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (f"import torch\n\n{DEFINED}\n\nx = 1\n", DEFINED),
        (f"import torch\n@cached\n@checked\n{DEFINED}\n# done", f"@cached\n@checked\n{DEFINED}\n# done"),
        (f"{DEFINED}\n\ndef other():\n    pass\n", DEFINED),
        (f"x = 1\n{DEFINED}", DEFINED),
        ("def other():\n    pass\n", ""),
        ("def distance(\n    a, b\n):\n    return a - b\nx = 1", "def distance(\n    a, b\n):\n    return a - b"),
    ],
)
def test_of_a_python_file_the_definition_with_its_decorators(source, answer):
    assert shown(Cell(source, 1, "distance"), path="ex.py") == answer
