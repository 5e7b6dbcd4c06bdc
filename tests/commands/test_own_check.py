"""What students see before handing in, wherever they look: the terminal, the pack, the notebook's cell, pytest."""

import errno
import json
import os
import re
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from autograder.commands.release import release
from autograder.grading.begun import not_started
from autograder.nbgrader.worker import Desk
from tests.conftest import RIGHT, SUM, TWICE, hand_in, make_course
from tests.student.helpers import exercise as exercise_of

pytest_plugins = ["pytester"]
CHAIN = """
from autograder.checks import Part, derivation

kind = "text"
cap = 1.0
checks = derivation(
    start="log(a b)", target="log a + log b", domains={"a": "positive", "b": "positive"}, waypoints={},
    starts=Part("starts", 1), follows=Part("follows", 1), ends=Part("ends in the asked sum", 2),
)
"""
ANSWER = 'chain = r"""\nlog(a b)/2\n= (log a + log b)/2\n= log a ? log b\n= log a + log b/2\n"""\n'
SOLVED = "log(a b)\\n= log a + log b"
STARTER = "def mean_square(x):\n    raise NotImplementedError\n"
READ = ("log(a b)/2", "= (log a + log b)/2", "= log a + (log b)/2")  # spelt out of what was read, not copied
BROKEN = "Line 4 does not follow from line 2."


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    folder = make_course(tmp_path_factory.mktemp("formulas"))
    exercise = folder / "exercises" / "small" / "chain"
    exercise.mkdir()
    (exercise / "exercise.py").write_text(CHAIN)
    (exercise / "README.md").write_text("## Take it apart\n")
    (exercise / "starter.py").write_text('chain = """Your lines."""\n')
    (exercise / "solution.py").write_text(f'chain = r"""\n{SOLVED}\n"""\n')
    with (exercise.parent / "sheet.toml").open("a") as plan:
        plan.write('\n[[exercise]]\nid = "chain"\nitem = "3"\npoints = 4\n')
    return folder


@pytest.fixture(scope="module")
def pack(course, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "student"
    release("small", folder, course=course)
    return folder


def check(course: Path, source: str, *options: str) -> tuple[int, str]:
    file = course / "anna.py"
    file.write_text(source)
    result = CliRunner().invoke(cli, ["check", "small", str(file), "--course", str(course), *options])
    file.unlink()
    return result.exit_code, result.output


@pytest.mark.parametrize("where", ["course", "pack"])
def test_the_terminal_shows_each_line_as_it_was_read(where, request):
    code, said = check(request.getfixturevalue(where), ANSWER, "--only", "chain")
    assert code == 1
    for line in READ:
        assert f"follows: {line}\n" in said or f"error: {line}\n" in said
    assert BROKEN in said
    assert "line 3: unreadable: = log a ? log b" in said
    assert "its 4 points are decided when graded" in said
    assert "ends in the asked sum" not in said


def test_several_names_by_comma(course):
    _, said = check(course, RIGHT + ANSWER, "--only", "mean_square,chain")
    assert "mean_square" in said
    assert "3 chain" in said
    assert "essay" not in said


def test_not_started_in_progress_and_wrong_look_different(course):
    _, said = check(course, "x = 1\n")
    assert "○ 1 mean_square: not started (1 point)" in said
    assert "○ 2 essay: not started (3 points)" in said
    assert "○ 3 chain: not started (4 points)" in said
    code, said = check(course, STARTER.replace("    raise", "    x = x + 1\n    raise"), "--only", "mean_square")
    assert code == 0
    assert "◐ 1 mean_square: in progress (1 point)" in said
    assert "In progress: mean_square raised NotImplementedError.\n" in said
    code, said = check(course, SUM, "--only", "mean_square")
    assert code == 1
    assert "✗ 1 mean_square: 0.5 of" in said


def notebook_of(course: Path, *cells: tuple[str, str]) -> str:
    """What is said of a notebook with cells of (exercise, source)."""
    made = [
        {"cell_type": "code", "metadata": {"autograder": {"exercise": id}} if id else {}, "source": source}
        | {"outputs": [], "execution_count": None}
        for id, source in cells
    ]
    file = course / "anna.ipynb"
    text = json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    file.write_bytes(text.replace("\n", "\r\n").encode())
    result = CliRunner().invoke(cli, ["check", "small", str(file), "--course", str(course)])
    file.unlink()
    return result.output


def test_an_answer_under_another_name_is_not_called_unstarted(course):
    said = notebook_of(course, ("mean_square", RIGHT.replace("mean_square", "Mean_Square")))
    assert "✗ 1 mean_square: 0 of" in said
    assert "'mean_square' is not there, but the function 'Mean_Square' is (the cell of mean_square, line " in flat(said)


def test_a_place_is_said_by_what_stands_there_and_not_by_a_number_that_jupyter_does_not_show(course):
    cells = (
        ("", "import torch\n\n1 / 0"),
        ("mean_square", "def mean_square(x):\n    y = x * x\n    return y.sum() / lenght\n"),
    )
    said = flat(notebook_of(course, *cells))
    assert (
        "Note: The cell that begins with `import torch` raised ZeroDivisionError: division by zero at line 3." in said
    )
    assert "name 'lenght' is not defined in the cell of mean_square, line 3: `return y.sum() / lenght`." in said
    assert not re.search(r"\bcell \d", said)


def flat(said: str) -> str:
    return " ".join(said.split())


@pytest.mark.parametrize(("names", "said"), [(("f",), "f is still"), (("F", "g"), "F and g are still")])
def test_what_is_as_handed_out_is_said_of_one_name_and_of_several(names, said):
    exercise = replace(exercise_of("e"), names=names, starter="def f(): ...")
    assert not_started(exercise, hand_in(exercise.starter), missing=False) == f"Not started: {said} as handed out."


NBGRADERS = "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"


@pytest.mark.parametrize(
    "starter",
    [
        "def f(x):\n    raise NotImplementedError\n",
        'def f(x):\n    # think first\n    # write it here\n    raise NotImplementedError("Your answer goes here.")\n',
    ],
)
def test_what_nbgrader_hands_out_is_not_started_either(starter):
    exercise = replace(exercise_of("e"), names=("f",), starter=starter)
    said = "Not started: f is still as handed out."
    assert not_started(exercise, hand_in(NBGRADERS), missing=False) == said
    assert not_started(exercise, hand_in(starter), missing=False) == said
    begun = ("def f(x):\n    y = 2 * x\n    raise NotImplementedError()\n", "def f(x):\n    return 2 * x\n")
    assert not any(not_started(exercise, hand_in(source), missing=False) for source in begun)


def test_points_that_are_open_are_said_in_words_and_not_as_lost(pack):
    code, said = check(pack, RIGHT, "--only", "mean_square")
    assert code == 0
    assert "✓ 1 mean_square: all public checks pass; " in said
    assert "decided when graded" in said
    assert "(graded)" not in said


def test_a_check_beside_a_recognised_mistake_explains_its_points(course):
    for source in (SUM, TWICE):
        _, said = check(course, source, "--only", "mean_square")
        for line in said.splitlines():
            if line.startswith("  passed"):
                assert "(0 of" not in line
    assert "once the mistake in this exercise is fixed" in said


@pytest.mark.parametrize("where", ["course", "pack"])
def test_the_cell_typesets_each_line(where, request, monkeypatch):
    folder = request.getfixturevalue(where)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(folder / "small.checks" if where == "pack" else folder))
    asked = {"exercise": "chain", "sheet": "small", "folder": str(folder), "checks": "public", "cells": None}
    file = folder / "bea.py"
    file.write_text(ANSWER)
    with ExitStack() as stack:
        shown = Desk(stack).answer(asked | {"file": str(file)})
    file.unlink()
    assert shown["html"].count("<math") >= 3
    assert BROKEN in shown["html"]
    assert "= log a ? log b" in shown["html"]
    assert "its 4 points are decided when graded" in shown["html"]
    assert shown["score"] == 0
    assert shown["possible"] == 4


def test_pytest_skips_with_a_reason_and_shows_what_was_read(course, pytester, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    (pytester.path / "anna.py").write_text('autograder_sheet = "small"\n' + STARTER + ANSWER)
    result = pytester.runpytest_inprocess("anna.py", "-rs")
    outcomes = result.parseoutcomes()
    assert outcomes["failed"] == 1
    assert outcomes["skipped"] == 6
    said = result.stdout.str()
    assert "In progress: mean_square raised NotImplementedError" in said or "Not started: mean_square" in said
    assert "Not started: there is no answer to essay yet." in said
    for line in (*READ, BROKEN, "line 3: unreadable: = log a ? log b", "chain, as it was read:"):
        assert line in said


@pytest.mark.parametrize("page", ["anna.py", "other.ipynb", "small.checks", "same.txt"])
def test_a_page_never_takes_the_place_of_answers(tmp_path, page):
    for name in ("anna.py", "other.ipynb", "small.checks"):
        (tmp_path / name).write_text(RIGHT)
    (tmp_path / "same.txt").symlink_to("anna.py")
    for option in ("--html", "--markdown"):
        result = CliRunner().invoke(cli, ["check", "small", str(tmp_path / "anna.py"), option, str(tmp_path / page)])
        assert result.exit_code == 2
        assert f"{page} would be overwritten by the page" in result.output
    assert {path.read_text() for path in tmp_path.iterdir()} == {RIGHT}


def test_a_page_that_cannot_be_written_is_one_sentence_and_the_old_one_stays(course, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    page = course / "page.html"
    page.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    code, said = check(course, RIGHT, "--only", "mean_square", "--html", str(page))
    assert code == 3
    assert f"{page} cannot be written: No space left on device. Make room there, or name another place." in said
    assert page.read_text() == "old"
