"""The small class on the second sheet, through the command line."""

import json
import runpy
import sys

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from tests.conftest import REPOSITORY

DEMO = REPOSITORY / "demo"
EXPECTED = json.loads((DEMO / "basics.json").read_text(encoding="utf-8"))


def grade(students, out, *options):
    paths = [str(path) for path in sorted((DEMO / "basics").iterdir()) if path.stem in students]
    arguments = ["grade", "deep_learning_basics", *paths, "--out", str(out), "--course", str(REPOSITORY)]
    result = CliRunner().invoke(cli, [*arguments, "--i-trust-these-students", "--jobs", "1", *options])
    assert result.exit_code == 0, result.output
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "reports").glob("*.json")}


def differences(student, report):
    for exercise in report["exercises"]:
        expected = EXPECTED[student].get(exercise["id"], {"score": 0})
        statuses = {finding["status"] for finding in exercise["findings"]}
        mistakes = {finding["mistake"] for finding in exercise["findings"]}
        if "pending" in expected or "pending" in statuses:
            if "pending" not in statuses:
                yield f"{exercise['id']} is not left to a person"
        elif exercise["score"] != pytest.approx(expected["score"], abs=1e-3):
            yield f"{exercise['id']} scores {exercise['score']}, not {expected['score']}"
        elif expected.get("mistake", None) not in {None, *mistakes}:
            yield f"{exercise['id']} is {mistakes}, not {expected['mistake']}"


SAMPLE = ("carla", "deniz")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """In one run: the sheet is loaded, and its examples drawn, once."""
    return grade(SAMPLE, tmp_path_factory.mktemp("basics") / "out", "--no-training")


@pytest.mark.parametrize("student", SAMPLE)
def test_a_student_gets_what_is_expected(student, reports):
    assert list(differences(student, reports[student])) == []


@pytest.mark.slow
def test_the_whole_class_gets_what_is_expected(tmp_path):
    reports = grade(list(EXPECTED), tmp_path / "out")
    found = {student: list(differences(student, report)) for student, report in reports.items()}
    assert found == {student: [] for student in EXPECTED}


def test_the_class_is_what_the_script_writes(tmp_path, monkeypatch):
    (tmp_path / "demo").mkdir()
    for name in ("make_class.py", "make_basics.py", "written.toml"):
        (tmp_path / "demo" / name).write_bytes((DEMO / name).read_bytes())
    (tmp_path / "exercises").symlink_to(REPOSITORY / "exercises")
    (tmp_path / "reference").symlink_to(REPOSITORY / "reference")
    monkeypatch.setattr(sys, "path", [*sys.path])
    try:
        runpy.run_path(str(tmp_path / "demo" / "make_basics.py"), run_name="__main__")
    finally:
        sys.modules.pop("make_class", None)
    made = {path.name: path.read_bytes() for path in (tmp_path / "demo" / "basics").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (DEMO / "basics").iterdir()}
    assert json.loads((tmp_path / "demo" / "basics.json").read_text(encoding="utf-8")) == EXPECTED
