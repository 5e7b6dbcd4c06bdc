"""Results know the course that they were graded with."""

import pytest

from autograder.commands.grade import export_results, grade_class
from autograder.model import UsageError
from tests.conftest import RIGHT


def test_export_runs_outside_of_the_courses_folder(tmp_path, course, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna.py").write_text(RIGHT)
    out, elsewhere = tmp_path / "results", tmp_path / "elsewhere"
    assert grade_class("small", [tmp_path / "in"], out=out, course=course, jobs=1) == 0
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    export_results(out, "csv", elsewhere / "grades.csv")
    assert "anna" in (elsewhere / "grades.csv").read_text()
    (out / "course.txt").unlink()
    with pytest.raises(UsageError, match="course"):
        export_results(out, "csv", elsewhere / "grades.csv")
