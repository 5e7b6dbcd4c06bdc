"""The source notebook: accepted by nbgrader, and nothing secret in what it releases."""

import json

import pytest

from autograder.nbgrader.assignment import between_marks, notebook
from tests.nbgrader.conftest import PLAIN, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import


def released(source: str) -> str:
    """What nbgrader makes of a cell."""
    from nbformat.v4 import new_code_cell
    from nbgrader.preprocessors import ClearSolutions

    made = new_code_cell(source, metadata={"nbgrader": {"solution": True}})
    ClearSolutions().preprocess_cell(made, {"language": "python"}, 0)
    return made.source


STARTER = 'def f(x):\n    """Doc."""\n    raise NotImplementedError\n'
STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"


def test_generate_assignment_accepts_the_notebook_without_any_configuration(tmp_path, course):
    made = make_nb_course(tmp_path, "small", course, PLAIN)
    kinds = {c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]["nbgrader"] for c in made.cells()}
    test, answer, essay = kinds["mean_square-check"], kinds["mean_square"], kinds["essay"]
    assert (test["grade"], test["solution"], test["locked"], test["points"]) == (True, False, True, 1)
    assert (answer["grade"], answer["solution"], answer["locked"]) == (False, True, False)
    assert (essay["grade"], essay["solution"], essay["locked"], essay["points"]) == (True, True, False, 3)
    assert all(len(kind["checksum"]) == 32 and kind["schema_version"] == 3 for kind in kinds.values())


def test_the_released_notebook_holds_no_solution_and_no_test(nb):
    text = nb.path("release").read_text()
    for source in (nb.sheet.exercise("mean_square").solution, nb.sheet.exercise("essay").solution):
        last = source.strip().splitlines()[-1].strip()
        assert last in nb.path("source").read_text().replace('\\"', '"') or "Because" in last
        assert last not in text
    assert "Because" in nb.path("source").read_text() and "Because" not in text
    assert "reference" not in text.replace("agrees with the reference", "")


def test_the_answer_cell_is_known_by_our_own_key_too(nb):
    assert cell(json.loads(nb.path("release").read_text()), "mean_square")["metadata"]["autograder"] == {
        "exercise": "mean_square"
    }


def test_the_test_cell_is_one_line(nb):
    assert cell(json.loads(nb.path("release").read_text()), "mean_square-check")["source"] == ['check("mean_square")']


def test_the_same_sheet_gives_the_same_bytes(sheet):
    assert notebook(sheet) == notebook(sheet)
    assert b"Because" not in notebook(sheet, "release")


def test_marks_stand_around_the_difference():
    merged = between_marks(STARTER, 'def f(x):\n    """Doc."""\n    return 2 * x\n')
    assert merged.count("def f") == 1
    assert released(merged) == f'def f(x):\n    """Doc."""\n{STUB}'


def test_a_solution_that_begins_otherwise_stands_whole_between_the_marks():
    solution = "import math\n\n\ndef helper(x):\n    return x\n\n\ndef f(x):\n    return math.exp(helper(x))\n"
    merged = between_marks(STARTER, solution)
    namespace: dict[str, object] = {}
    exec(merged, namespace)  # the source notebook runs, and the solution counts
    assert namespace["f"](0) == 1
    assert released(merged) == f'def f(x):\n    """Doc."""\n{STUB}'


def test_a_starter_without_a_stub_stays():
    assert released(between_marks("x = 1\n", "x = 2\n")).startswith("x = 1\n")
    assert "x = 2" not in released(between_marks("", "x = 2\n"))
