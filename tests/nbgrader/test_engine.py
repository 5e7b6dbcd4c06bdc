"""nbgrader's own command with our engine, on submissions of every kind: nobody is lost, nobody stops the others."""

import json

import pytest

from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

ANSWER, TEST = "mean_square", "mean_square-check"


def answer(source=RIGHT, essay=""):
    def edit(notebook):
        cell(notebook, ANSWER)["source"] = source
        if essay:
            cell(notebook, "essay")["source"] = essay

    return edit


def both(*edits):
    return lambda notebook: [edit(notebook) for edit in edits]


def retagged(notebook):
    cell(notebook, TEST)["metadata"]["nbgrader"] |= {"solution": True, "grade": False}


def duplicated(notebook):
    notebook["cells"] += [json.loads(json.dumps(c)) for c in notebook["cells"]]


def deleted(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if c["metadata"]["nbgrader"]["grade_id"] != TEST]


def edited_points(notebook):
    cell(notebook, TEST)["metadata"]["nbgrader"]["points"] = 100
    cell(notebook, TEST)["source"] = "100.0"


def old_schema(notebook):
    for c in notebook["cells"]:
        c["metadata"]["nbgrader"]["schema_version"] = 1


def new_schema(notebook):
    for c in notebook["cells"]:
        c["metadata"]["nbgrader"]["schema_version"] = 99


def other_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    notebook["metadata"]["language_info"] = {"name": "R"}


def printed(notebook):
    cell(notebook, ANSWER)["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "seen by the student"},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"text/html": "<script>steal()</script>", "text/plain": "plain"},
        },
    ]


ODD = {
    "deleted": (both(answer(), deleted), 1),
    "retagged": (both(answer(), retagged), 1),
    "duplicated": (both(answer(), duplicated), 1),
    "edited_points": (both(answer(SUM), edited_points), 0.5),
    "old_schema": (both(answer(), old_schema), 1),
    "new_schema": (both(answer(), new_schema), 1),
    "other_kernel": (both(answer(), other_kernel), 0),
    "printed": (both(answer(), printed), 1),
    "crash": (answer(RIGHT + "\nimport os\nos._exit(3)\n"), None),
    "loop": (answer("def mean_square(x):\n    while True:\n        pass\n"), 0),
}
RAW = {
    "pdf": b"%PDF-1.7 ...",
    "empty": b"",
    "cut": b'{"cells": [{"cell_type": "code", "source": "x =',
    "no_cells": b'{"nbformat": 4}',
    "binary": bytes(range(256)),
    "list_of_lies": b'{"cells": [1, null, {"cell_type": "code"}, {"cell_type": "??", "source": {}}], "metadata": []}',
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course) -> tuple[NbCourse, int, str]:
    nb = make_nb_course(tmp_path_factory.mktemp("odd") / "nb", "small", course)
    nb.hand_in("right", answer(essay="Since it is so."))
    nb.hand_in("wrong", answer(SUM))
    nb.hand_in("nothing")
    for student, (edit, _) in ODD.items():
        nb.hand_in(student, edit)
    for student, raw in RAW.items():
        nb.hand_in(student, raw=raw)
    nb.hand_in("renamed", answer(), name="Copy of small (2).ipynb")
    return nb, *nb.run("autograde", "small")


def test_the_command_succeeds_and_everybody_has_a_score(graded):
    nb, code, log = graded
    assert code == 0, log
    students = {"right", "wrong", "nothing", "renamed", *ODD, *RAW}
    assert set(nb.scores()) == students
    for student in students:
        auto, _, person = nb.grades(student)[TEST]
        assert auto is not None and 0 <= auto <= 1 and not person
        assert nb.path("autograded", student).is_file()


@pytest.mark.parametrize(("student", "score"), [(name, score) for name, (_, score) in ODD.items() if score is not None])
def test_what_a_student_does_to_the_cells_changes_no_score(graded, student, score):
    assert graded[0].grades(student)[TEST][0] == score


@pytest.mark.parametrize("student", RAW)
def test_a_file_that_is_no_notebook_earns_nothing_and_says_why(graded, student):
    nb, _, log = graded
    assert nb.grades(student)[TEST][0] == 0
    assert f"Student {student}: " in log
    assert len(nb.comments(student)[ANSWER]) > 20


@pytest.mark.parametrize(
    ("student", "said"),
    [
        ("deleted", f"Student deleted: missing, so put back: {TEST}."),
        ("duplicated", "Student duplicated: there more than once, so that the last one counts: essay, "),
        ("edited_points", f"Student edited_points: edited, so as it was handed out again: {TEST}."),
        ("other_kernel", "Student other_kernel: "),
    ],
)
def test_the_log_names_the_student_and_the_cell(graded, student, said):
    assert said in graded[2]


def test_findings_stand_below_the_test_cell_and_in_the_comment(graded):
    nb = graded[0]
    shown = cell(json.loads(nb.path("autograded", "wrong").read_text()), TEST)["outputs"][0]["data"]
    assert "".join(shown["text/plain"]) == "0.5"
    assert "You return the sum of the squares; the mean is asked." in "".join(shown["text/html"])
    assert "You return the sum of the squares; the mean is asked." in nb.comments("wrong")[ANSWER]
    assert nb.comments("right")[ANSWER] == ""


def test_the_students_own_outputs_stay_but_no_html_of_theirs(graded):
    text = graded[0].path("autograded", "printed").read_text()
    assert "seen by the student" in text and "plain" in text
    assert "steal" not in text


def test_a_written_answer_waits_for_a_person_and_an_empty_one_does_not(graded):
    nb = graded[0]
    assert nb.grades("right")["essay"] == (None, None, True)
    assert nb.grades("wrong")["essay"] == (0, None, False)
    assert "says the idea" not in nb.comments("right")["essay"]  # what a full answer says is for the grader
    assert "idea: up to 2" in nb.comments("right")["essay"]


def test_the_autograded_notebook_has_every_cell_once(graded):
    nb = graded[0]
    ids = [c["metadata"]["nbgrader"]["grade_id"] for c in nb.cells()]
    for student in ("deleted", "retagged", "duplicated", "pdf"):
        found = [c["metadata"].get("nbgrader", {}).get("grade_id") for c in nb.cells("autograded", student)]
        assert [id for id in found if id] == ids


def test_feedback_shows_the_findings(graded):
    nb = graded[0]
    code, log = nb.run("generate_feedback", "small", "--student", "wrong")
    assert code == 0, log
    page = (nb.root / "feedback" / "wrong" / "small" / "small.html").read_text()
    assert "You return the sum of the squares" in page
    assert "0.5 / 1.0" in page
    assert "def mean_square(x):\n    return (x**2).mean()" not in page


def test_a_score_given_by_a_person_survives_and_asks_for_a_second_look(graded):
    nb = graded[0]
    nb.mark("wrong", TEST, 0.75)
    code, log = nb.run("autograde", "small", "--student", "wrong", "--force")
    assert code == 0, log
    assert nb.grades("wrong")[TEST] == (0.5, 0.75, True)


def test_a_notebook_of_none_of_our_exercises_goes_nbgraders_way(tmp_path, course):
    import nbformat

    from autograder.nbgrader.assignment import _code

    nb = make_nb_course(tmp_path / "nb", "small", course)
    other = nb.root / "source" / "other" / "other.ipynb"
    other.parent.mkdir()
    cells = [_code("answer", "x = 1", kind="solution"), _code("test", "0.5", kind="tests", points=1)]
    other.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))
    assert nb.run("generate_assignment", "other")[0] == 0
    mine = nb.root / "submitted" / "anna" / "other" / "other.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text((nb.root / "release" / "other" / "other.ipynb").read_text())
    code, log = nb.run("autograde", "other")
    assert code == 0, log
    with nb.gradebook() as gradebook:
        assert gradebook.find_grade("test", "other", "other", "anna").auto_score == 0.5


def test_a_course_that_is_not_there_is_said_so(tmp_path, course):
    nb = make_nb_course(tmp_path / "nb", "small", course)
    nb.hand_in("anna", answer())
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace(str(course), str(tmp_path)))
    code, log = nb.run("autograde", "small")
    assert code == 1 and "configure(c, course=...)" in log
