"""A group's submission counts for each member, by nbgrader's own commands and by ours."""

import pytest

from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import CONFIG, NbCourse, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

WITH_GROUPS = CONFIG.replace("training=False", 'training=False, groups="groups.csv"')
TEST = "mean_square-check"
GROUPS = (
    "Name,E-mail,Team\nAda Lovelace,ada@uni.example,Red Team\nBob Ray,bob@uni.example,Red Team\n"
    "Emmy Noether,emmy@uni.example,Blue\nLeo Euler,leo@uni.example,Blue\nKurt G,kurt@uni.example,Green\n"
)


def answer(source):
    return lambda made: cell(made, "mean_square").update(source=source)


@pytest.fixture(scope="module")
def nb(tmp_path_factory, course) -> NbCourse:
    """submitted/red_team, and Emmy's own folder for Blue; the gradebook knows who alovel, enoet and leu are."""
    made = make_nb_course(tmp_path_factory.mktemp("groups") / "nb", "small", course, WITH_GROUPS)
    (made.root / "groups.csv").write_text(GROUPS)
    with made.gradebook() as gradebook:
        gradebook.add_student("alovel", first_name="Ada", last_name="Lovelace", email="ada@uni.example")
        gradebook.add_student("enoet", email="emmy@uni.example")
        gradebook.add_student("leu", first_name="Leo", last_name="Euler")
    made.hand_in("red_team", answer(RIGHT), timestamp="2026-01-03 10:00:00 UTC")
    made.hand_in("enoet", answer(SUM))
    made.hand_in("zoe", answer(RIGHT))
    return made


SCORES = {"alovel": 1, "bob@uni.example": 1, "enoet": 0.5, "leu": 0.5, "zoe": 1}


def found(nb: NbCourse) -> dict[str, float]:
    return {student: nb.grades(student)[TEST][0] for student in nb.scores()}


@pytest.fixture(scope="module")
def graded(nb) -> str:
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    return log


def test_each_member_has_a_row_and_the_group_has_none(nb, graded):
    assert found(nb) == SCORES
    assert "Group Green handed in nothing" in graded and "zoe is in no group" in graded


def test_the_time_of_handing_in_is_the_groups(nb, graded):
    with nb.gradebook() as gradebook:
        times = {s.student.id: s.timestamp for s in gradebook.assignment_submissions("small")}
    assert times["alovel"] == times["bob@uni.example"] != times["leu"] == times["enoet"]


def test_feedback_reaches_each_member_and_says_for_whom_else_it_counts(nb, graded):
    code, log = nb.run("generate_feedback", "small")
    assert code == 0, log
    pages = {path.parts[-3]: path.read_text() for path in (nb.root / "feedback").glob("*/small/*.html")}
    assert set(pages) == set(SCORES)
    assert "Handed in by a group: it counts for Emmy Noether as well." in pages["leu"]
    assert "it counts for Leo Euler as well." in pages["enoet"] and "it counts for" not in pages["zoe"]


def test_our_command_gives_the_same_rows(nb, graded):
    assert grade_class("small", [nb.root], out=nb.root / "results", course=nb.course, jobs=1, no_training=True) == 0
    assert found(nb) == SCORES
    assert "it counts for Bob Ray as well" in (nb.root / "results" / "reports" / "Ada Lovelace.json").read_text()


def test_one_member_is_graded_by_their_name(nb, graded):
    code, log = nb.run("autograde", "small", "--student", "leu", "--force")
    assert code == 0 and "Student leu" in log and "Student zoe" not in log
