"""Of 21 messy hand-ins nbgrader's own commands lose none: a row, a reason, the points of `autograder grade`, a page."""

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.commands.grade import grade_class
from autograder.grading import Results
from autograder.intake import in_folder, submissions
from autograder.model import Origin
from tests.nbgrader.conftest import NbCourse, make_nb_course
from tests.nbgrader.messy import EARNS_NOTHING, Files, files

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

SENDERS = "{}_{}_assignsubmission_file_"


def lay_out(hand_ins: dict[str, Files], folder: Path) -> None:
    for student, own in hand_ins.items():
        (folder / student / "small").mkdir(parents=True)
        for name, data in own.items():
            path = folder / student / "small" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to("/etc/hostname") if student == "a link" else path.write_bytes(data)
        (folder / student / "small" / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC\n")


def test_a_students_folder_is_read_as_the_class_is(tmp_path, released):
    """The quick half: what nbgrader's commands grade is what `autograder grade` grades."""
    hand_ins = files(json.loads(released.path("release").read_text()))
    assert len(hand_ins) == 21
    lay_out(hand_ins, tmp_path / "submitted")
    whole = {s.student: s for s in submissions([tmp_path / "submitted"], released.sheet).submissions}
    assert whole.keys() == hand_ins.keys()
    for student, found in whole.items():
        origin = Origin("nbgrader", student, timestamp="2026-01-02 00:00:00 UTC")
        assert in_folder(tmp_path / "submitted", (student, "small"), student, released.sheet, origin=origin) == found
        assert bool(found.problem) == (student in EARNS_NOTHING), found.problem


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course) -> NbCourse:
    """Collected from Moodle's archive (who handed in nothing has an empty folder), autograded."""
    nb = make_nb_course(tmp_path_factory.mktemp("messy") / "nb", "small", course)
    hand_ins = files(json.loads(nb.path("release").read_text()))
    archive = nb.root / "downloaded" / "small" / "archive" / "moodle.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as file:
        for number, (student, own) in enumerate(hand_ins.items(), 101):
            for name, data in own.items():
                member = zipfile.ZipInfo(f"{SENDERS.format(student, number)}/{name}")
                member.external_attr = (0o120777 if student == "a link" else 0o100644) << 16
                file.writestr(member, b"/etc/hostname" if student == "a link" else data)
    plugins = (
        "collector_plugin=autograder.nbgrader.MoodleCollector",
        "extractor_plugin=autograder.nbgrader.SafeExtractor",
    )
    code, log = nb.run("zip_collect", "small", *(f"--ZipCollectApp.{plugin}" for plugin in plugins))
    assert code == 0, log
    (nb.root / "submitted" / "nothing_121" / "small").mkdir(parents=True)
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    return nb


def scores(nb: NbCourse) -> dict[str, float]:
    return {
        student.rpartition("_")[0].replace("-", " "): nb.grades(student)["mean_square-check"][0]
        for student in nb.scores()
    }


@pytest.mark.slow
def test_everybody_has_a_row_and_the_points_that_are_theirs(graded):
    hand_ins = files(json.loads(graded.path("release").read_text()))
    assert scores(graded) == {student: float(student not in EARNS_NOTHING) for student in hand_ins}


@pytest.mark.slow
def test_where_nothing_was_graded_the_row_says_why(graded):
    said = {
        student.rpartition("_")[0].replace("-", " "): graded.comments(student)["mean_square"]
        for student in graded.scores()
    }
    words = {
        "another kernel": "julia",
        "pdf only": "PDF",
        "empty file": "empty",
        "cut off": "breaks off",
        "a link": "holds a link",
        "nothing": "nothing",
    }
    assert {student: word for student, word in words.items() if word not in said[student]} == {}, said


@pytest.mark.slow
def test_our_command_gives_the_same_points(graded, tmp_path):
    shutil.copytree(graded.root / "submitted", tmp_path / "submitted")
    assert grade_class("small", [tmp_path / "submitted"], out=tmp_path / "out", course=graded.course, jobs=1) == 0
    found = {student: report.results[0].score for student, report in Results(tmp_path / "out").load().items()}
    assert {student.rpartition("_")[0].replace("-", " "): score for student, score in found.items()} == scores(graded)


@pytest.mark.slow
def test_everybody_has_a_page_and_a_line_in_the_export(graded):
    code, log = graded.run("generate_feedback", "small")
    assert code == 0, log
    students = set(graded.scores())
    assert {path.parts[-3] for path in (graded.root / "feedback").glob("*/small/small.html")} == students
    code, log = graded.run(
        "export", "--exporter=autograder.nbgrader.ExerciseExporter", "--to", str(graded.root / "out.csv")
    )
    assert code == 0, log
    rows = csv.DictReader(io.StringIO((graded.root / "out.csv").read_text(encoding="utf-8-sig")))
    assert {row["student"] for row in rows} == students and len(students) == 21
