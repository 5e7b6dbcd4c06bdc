"""Who handed in no notebook has a row in the gradebook like everybody else, by nbgrader's own commands and by ours."""

import json

import pytest

from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

TEST = "mean_square-check"
SCORES = {"python": 1, "named": 0.5, "pdf": 0, "empty": 0, "colab": 1}


def of_colab(made):
    cell(made, "mean_square")["source"] = RIGHT
    made["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "HBoxModel"}}}


def course_with_hand_ins(folder, course) -> NbCourse:
    nb = make_nb_course(folder / "nb", "small", course)
    nb.hand_in("python", raw=RIGHT.encode(), name="small.py")
    nb.hand_in("named", raw=SUM.encode(), name="solution of mine.py")
    nb.hand_in("pdf", raw=b"%PDF-1.7 ...", name="my solution.pdf")
    nb.hand_in("empty", raw=b"", name="small.ipynb")
    nb.path("submitted", "empty").unlink()
    nb.hand_in("colab", of_colab)
    return nb


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course) -> tuple[NbCourse, int, str]:
    nb = course_with_hand_ins(tmp_path_factory.mktemp("files"), course)
    return nb, *nb.run("autograde", "small")


def test_everybody_has_a_row(graded):
    nb, code, log = graded
    assert code == 0, log
    assert {student: nb.grades(student)[TEST][0] for student in SCORES} == SCORES


def test_the_row_says_why(graded):
    nb = graded[0]
    assert "this is a PDF" in nb.comments("pdf")["mean_square"]
    assert "nothing" in nb.comments("empty")["mean_square"]
    assert "the mean is asked" in nb.comments("named")["mean_square"]


def test_feedback_is_made_for_everybody(graded):
    nb = graded[0]
    path = nb.path("autograded", "colab")  # as an nbgrader without these lines had left it
    made = json.loads(path.read_text())
    of_colab(made)
    path.chmod(0o644)
    path.write_text(json.dumps(made))
    code, log = nb.run("generate_feedback", "small")
    assert code == 0, log
    assert all((nb.root / "feedback" / student / "small" / "small.html").is_file() for student in SCORES)


def test_an_all_python_class_is_graded(tmp_path, released):
    import shutil
    from dataclasses import replace

    shutil.copytree(released.root, tmp_path / "nb")
    nb = replace(released, root=tmp_path / "nb")
    nb.hand_in("python", raw=RIGHT.encode(), name="small.py")
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    assert nb.grades("python")[TEST] == (1, None, False)


@pytest.mark.slow
def test_our_own_command_gives_the_same_rows(tmp_path, course):
    nb = course_with_hand_ins(tmp_path, course)
    assert grade_class("small", [nb.root], out=nb.root / "results", course=course, jobs=1) == 0
    assert {student: nb.grades(student)[TEST][0] for student in SCORES} == SCORES
    assert "this is a PDF" in nb.comments("pdf")["mean_square"]
