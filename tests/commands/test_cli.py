"""The command as its users type it: exit codes, and one sentence where something is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from autograder.commands.mistakes import table
from autograder.course import load_sheet
from autograder.grading import Row, labels, uncaught
from tests.conftest import RIGHT, SUM


def run(*args: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    return result.exit_code, result.output


@pytest.fixture
def answer(tmp_path):
    def write(source: str) -> Path:
        path = tmp_path / "anna.py"
        path.write_text(source)
        return path

    return write


def test_a_right_answer_passes_its_self_check(course, answer):
    code, said = run("check", "small", answer(RIGHT), "--course", course, "--only", "mean_square")
    assert code == 0, said
    assert "all public checks pass" in said or "1 of 1" in said


def test_a_mistake_makes_the_self_check_fail_with_its_reason(course, answer, tmp_path):
    code, said = run("check", "small", answer(SUM), "--course", course, "--markdown", tmp_path / "summary.md")
    assert code == 1
    assert "You return the sum of the squares; the mean is asked." in said
    assert "sum of the squares" in (tmp_path / "summary.md").read_text()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("check", "large", "FILE"), "No sheet 'large'"),
        (("check", "small", "nowhere.py"), "No file nowhere.py; expected your notebook or .py file"),
        (("check", "small", "FILE", "--only", "essays"), "has no exercise 'essays'; it has mean_square and essay"),
        (("check", "small", "FILE", "--only", "essay,essays"), "has no exercise 'essays'"),
        (("grade", "small", "nowhere", "--out", "OUT"), "No file or folder nowhere"),
        (("export", "OUT", "--format", "csv", "--to", "x.csv"), "No reports in"),
        (("export", "OUT", "--format", "csv", "--to", "OUT"), "a file to write is expected, and this is a folder"),
        (("export", "OUT", "--format", "csv", "--format", "json", "--to", "FILE"), "and this is a file"),
        (("export", "FILE", "--format", "csv", "--to", "x.csv"), "is a file"),
        (("export", "OUT", "--format", "moodle", "--template", "OUT", "--to", "x.csv"), "is a directory"),
        (("grade", "small", "FILE", "--out", "FILE"), "is a file"),
        (("grade", "small", "FILE", "--out", "OUT", "--groups", "OUT"), "is a directory"),
        (("release", "small", "--to", "FILE"), "is a file"),
        (("notebook", "small", "--to", "OUT"), "is a directory"),
        (("similar", "OUT", "--page", "OUT"), "is a directory"),
        (("review", "OUT", "--to", "OUT"), "is a directory"),
        (("review", "FILE", "--to", "x.csv"), "is a file"),
        (("new", "exercise", "small", "no-name"), "'no-name' cannot name an exercise"),
        (("new", "exercise", "small", "essay"), "exists already"),
    ],
)
def test_a_wrong_command_is_one_sentence_and_exit_code_2(course, answer, tmp_path, args, words):
    (tmp_path / "out").mkdir()
    places = {"FILE": answer(RIGHT), "OUT": tmp_path / "out"}
    code, said = run(*(places.get(arg, arg) for arg in args), "--course", course)
    assert code == 2
    assert words in said
    assert "Traceback" not in said


def test_outside_a_course_the_sentence_says_what_was_looked_for(tmp_path, answer):
    code, said = run("check", "small", answer(RIGHT), "--course", tmp_path)
    assert code == 2
    assert "a folder with exercises/<sheet>/sheet.toml, or a pack" in said


def test_help_needs_none_of_the_heavy_libraries():
    heavy = "('torch', 'hypothesis', 'matplotlib', 'rich')"
    code = f"""
import atexit, os, sys
from autograder.commands.cli import main
atexit.register(lambda: os._exit(any(name in sys.modules for name in {heavy})))
sys.argv = ["autograder", "--help"]
main()
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_doctor_says_what_works_here(course):
    code, said = run("doctor", "--course", course)
    assert code == 0, said
    assert "Isolation:" in said
    assert "Sheet small: 2 exercises, 4 points, 5 labelled mistakes" in said


def test_every_labelled_answer_of_a_new_exercise_is_as_it_says(course):
    code, said = run("mistakes", "small", "mean_square", "--course", course, "--jobs", "1")
    assert code == 0, said
    assert "7 labelled answers, 0 missed." in said


def test_the_table_of_labelled_answers_is_the_same_whichever_is_ready_first(course, monkeypatch, capsys):
    exercise = load_sheet("small", course).exercise("mean_square")
    order = [*labels(exercise)]

    def last_first(*_):
        yield from (Row("mean_square", label, "", "", "late" if label == "solution" else "") for label in order[::-1])
        yield uncaught(exercise, [])

    monkeypatch.setattr("autograder.commands.mistakes.check_sheet", last_first)
    assert table("small", ["mean_square"], course) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:-1]] == order
    assert lines[-1] == f"{len(order)} labelled answers, 1 missed."
