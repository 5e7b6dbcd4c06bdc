"""Who handed in no notebook has a row in the gradebook like everybody else, by nbgrader's own commands and by ours."""

import csv
import io
import json
import re
import shutil
from dataclasses import replace

import pytest

from autograder.commands.exports import export_results
from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course
from tests.nbgrader.test_plugins import WORKSHEET, exported

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

TEST = "mean_square-check"
REASON = re.compile(r"mean_square, [\d.]+ of 1: (.*?)</li>")
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


def worksheet(graded, folder):
    """A copy of the course with Moodle's worksheet and a person's remark, and what nbgrader's exporter tells each student."""
    shutil.copytree(graded[0].root, folder / "nb")
    nb = replace(graded[0], root=folder / "nb")
    title = WORKSHEET.partition("\r\n")[0]
    rows = [f"Participant {i},{name},,Submitted,,4.00,Yes,-,-," for i, name in enumerate(SCORES, 11)]
    (nb.root / "worksheet.csv").write_bytes("\r\n".join([title, *rows, ""]).encode())
    with nb.gradebook() as gradebook:
        for student in SCORES:
            notebook = gradebook.find_submission_notebook("small", "small", student)
            for grade in notebook.grades:
                grade.manual_score, grade.needs_manual_grade = (0 if grade.needs_manual_grade else None), False
            if student == "python":
                next(comment for comment in notebook.comments if comment.name == "essay").manual_comment = "Too short."
        gradebook.db.commit()
    code, log, text = exported(nb, "MoodleExporter", "--MoodleExporter.template=worksheet.csv")
    assert code == 0, log
    return nb, comments(text)


def comments(table: str) -> dict[str, str]:
    return {row[1]: row[9] for row in csv.reader(io.StringIO(table))}


def test_moodle_is_told_what_cost_points(graded, tmp_path):
    _, said = worksheet(graded, tmp_path)
    assert "<li>mean_square, 0.5 of 1: " in said["named"] and "the mean is asked" in said["named"]
    assert said["python"].endswith("<ul><li>essay, 0 of 3: Too short.</li></ul>")  # a person's remark in place of ours
    assert "mean_square" not in said["colab"]


@pytest.mark.slow
def test_moodle_is_told_so_in_the_words_of_our_own_export(graded, course, tmp_path):
    nb, by_nbgrader = worksheet(graded, tmp_path)
    assert grade_class("small", [nb.root], out=nb.root / "results", course=course, jobs=1) == 0
    template = nb.root / "worksheet.csv"
    export_results(nb.root / "results", ["moodle"], nb.root / "ours.csv", template=template, course=course)
    ours = comments((nb.root / "ours.csv").read_text())
    for name, comment in by_nbgrader.items():
        assert REASON.findall(comment) == REASON.findall(ours[name])


def test_an_all_python_class_is_graded(tmp_path, released):
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
