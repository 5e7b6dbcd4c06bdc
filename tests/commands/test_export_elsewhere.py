"""Results know the course that they were graded with."""

import shutil

import pytest

from autograder.commands.exports import export_results
from autograder.commands.grade import grade_class
from autograder.model import UsageError
from tests.conftest import RIGHT


def test_export_runs_outside_of_the_courses_folder(tmp_path, course, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna.py").write_text(RIGHT)
    out, elsewhere = tmp_path / "results", tmp_path / "elsewhere"
    assert grade_class("small", [tmp_path / "in"], out=out, course=course, jobs=1) == 0
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    export_results(out, ["csv"], elsewhere / "grades.csv")
    assert "anna" in (elsewhere / "grades.csv").read_text()
    (out / "course.txt").unlink()
    with pytest.raises(UsageError, match="course"):
        export_results(out, ["csv"], elsewhere / "grades.csv")


def test_a_course_that_only_the_results_name_is_not_run(tmp_path, course, monkeypatch):
    (tmp_path / "anna.py").write_text(RIGHT)
    handed_in, theirs = tmp_path / "results", tmp_path / "theirs"
    assert grade_class("small", [tmp_path / "anna.py"], out=handed_in, course=course, jobs=1) == 0
    shutil.copytree(course, theirs)
    with (theirs / "exercises/small/mean_square/exercise.py").open("a") as file:
        file.write(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    (handed_in / "course.txt").write_text(f"{theirs}\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        UsageError, match=r"you never graded with that course here; say --course .*theirs if it is yours"
    ):
        export_results(handed_in, ["csv"], tmp_path / "grades.csv")
    assert not (tmp_path / "ran").exists()


def test_a_course_that_was_moved_since_is_asked_for_by_its_new_place(tmp_path, course, monkeypatch):
    (tmp_path / "anna.py").write_text(RIGHT)
    here, results = tmp_path / "course", tmp_path / "results"
    shutil.copytree(course, here)
    assert grade_class("small", [tmp_path / "anna.py"], out=results, course=here, jobs=1) == 0
    moved = here.rename(tmp_path / "moved")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"course, which is not there; say --course FOLDER"):
        export_results(results, ["csv"], tmp_path / "grades.csv")
    export_results(results.rename(tmp_path / "theirs"), ["csv"], tmp_path / "grades.csv", course=moved)
    assert "anna" in (tmp_path / "grades.csv").read_text()
