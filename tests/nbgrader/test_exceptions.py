"""Who is left out of a course's commands, and who may hand in later: nbgrader's own settings, with this engine."""

import csv
import io

import pytest

from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import CONFIG, NbCourse, cell, make_nb_course
from tests.nbgrader.test_plugins import exported
from tests.nbgrader.test_times import PLUGIN, due

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

OUT = 'c.CourseDirectory.student_id_exclude = "bob,nobody"\n'
LATE = 'c.AssignLatePenalties.plugin_class = "per_day.PerDay"\n'
DUE = "2026-01-02 12:00:00 UTC"


def answer(source):
    return lambda made: cell(made, "mean_square").update(source=source)


def of_class(nb: NbCourse) -> dict[str, str]:
    """What is exported: student -> score."""
    code, log, text = exported(nb, "ExerciseExporter")
    assert code == 0, log
    return {row["student"]: row["score"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}


def grade_with(nb: NbCourse, command: str) -> str:
    """By nbgrader's command, or by ours."""
    if command == "nbgrader":
        code, log = nb.run("autograde", nb.name)
        assert code == 0, log
        return log
    assert grade_class(nb.name, [nb.root], out=nb.root / "results", course=nb.course, jobs=1, no_training=True) == 0
    return ""


# ------------------------------------------------------------------ left out


@pytest.mark.parametrize("command", ["nbgrader", "autograder"])
def test_who_is_left_out_is_graded_by_no_command(nb, command, capsys):
    nb.hand_in("alice", answer(RIGHT))
    nb.hand_in("bob", answer(SUM))
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text() + OUT)
    grade_with(nb, command)
    assert set(nb.scores()) == {"alice"}
    assert [path.name for path in (nb.root / "autograded").iterdir()] == ["alice"]
    if command == "autograder":
        said = capsys.readouterr().out
        assert "left out, as student_id_exclude in nbgrader_config.py says: bob." in said
        assert "Grading 1 submission." in said


def test_who_was_graded_before_is_left_out_of_feedback_and_of_exports(nb):
    nb.hand_in("alice", answer(RIGHT))
    nb.hand_in("bob", answer(SUM))
    grade_with(nb, "nbgrader")
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text() + OUT)
    code, log = nb.run("generate_feedback", "small")
    assert code == 0, log
    assert [path.name for path in (nb.root / "feedback").iterdir()] == ["alice"]
    assert set(of_class(nb)) == {"alice"}


@pytest.mark.slow
def test_a_group_counts_for_the_others_when_the_member_who_handed_in_is_left_out(tmp_path, course):
    nb = make_nb_course(
        tmp_path / "nb", "small", course, CONFIG.replace("training=False", 'training=False, groups="groups.csv"') + OUT
    )
    (nb.root / "groups.csv").write_text("Team,Member 1,Member 2\nRed,bob,carla\n")
    nb.hand_in("bob", answer(RIGHT))
    for command in ("nbgrader", "autograder"):
        grade_with(nb, command)
        assert set(nb.scores()) == {"carla"}


# ------------------------------------------------------------------ an extension


def late(nb: NbCourse) -> None:
    due(nb, DUE)
    (nb.root / "per_day.py").write_text(PLUGIN)
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text() + LATE)
    nb.hand_in("alice", answer(RIGHT), timestamp="2026-01-04 11:00:00 UTC")
    nb.hand_in("bob", answer(RIGHT), timestamp="2026-01-04 11:00:00 UTC")


def extend(nb: NbCourse, student: str, days: int) -> None:
    with nb.gradebook() as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission("small", student)
        gradebook.grant_extension("small", student, days=days)


@pytest.mark.parametrize("command", ["nbgrader", "autograder"])
def test_an_extension_that_was_granted_before_takes_the_penalty_off(nb, command):
    late(nb)
    extend(nb, "alice", 1)
    grade_with(nb, command)
    assert of_class(nb) == {"alice": "0.9", "bob": "0.8"}


def test_an_extension_that_is_granted_later_counts_with_the_next_run_of_our_command(nb):
    late(nb)
    grade_with(nb, "autograder")
    assert of_class(nb) == {"alice": "0.8", "bob": "0.8"}
    extend(nb, "bob", 7)
    grade_with(nb, "autograder")
    assert of_class(nb) == {"alice": "0.8", "bob": "1"}
