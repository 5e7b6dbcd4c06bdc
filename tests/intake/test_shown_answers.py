"""What a person is shown of an answer."""

import pytest

from autograder.intake import answer_to
from autograder.model import Cell, Check, Exercise, Submission

EXERCISE = Exercise("distance", "1", 1, "code", ("distance",), (Check("is there", 1, lambda answer: None),))
DEFINED = "def distance(a, b):\n    return a - b"


def shown(*cells: Cell, path: str = "ex.ipynb") -> str:
    return answer_to(EXERCISE, Submission("ada", path, "0" * 64, cells))


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
