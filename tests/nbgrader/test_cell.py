"""``check(...)`` in a notebook: a number that nbgrader can take, findings for people, and nothing on stderr."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack

import pytest

from autograder.nbgrader.cell import CheckError, Shown, Worker, check
from autograder.nbgrader.worker import Desk
from tests.conftest import RIGHT, SUM, make_course
from tests.nbgrader.conftest import PLAIN, cell, make_nb_course


@pytest.mark.parametrize("score", [0.0, 0.5, 2, 7.0, -1.0, float("nan"), float("inf"), 1 / 3])
def test_the_repr_is_a_plain_number_within_the_points(score):
    shown = float(repr(Shown(score, 2, "<b>html</b>", "text")))
    assert 0 <= shown <= 2 and round(shown, 6) == shown


def test_text_and_html_are_for_people():
    shown = Shown(1, 2, "<b>html</b>", "text")
    assert (shown._repr_html_(), str(shown)) == ("<b>html</b>", "text")


def test_importing_the_cell_imports_neither_torch_nor_nbgrader():
    code = "import sys, autograder.nbgrader; print({'torch', 'nbgrader', 'nbformat', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.fixture(scope="module")
def worker():
    worker = Worker()
    yield worker
    worker.close()


class Near(Desk):
    """A worker's desk in this process."""

    ask = Desk.answer


def ask(worker, course, source, exercise="mean_square", checks="public", **more):
    request = {
        "exercise": exercise,
        "sheet": "",
        "folder": str(course),
        "checks": checks,
        "file": "",
        "cells": [source],
    }
    return worker.ask(request | more)


def test_a_students_check_runs_what_was_executed(worker, course):
    right, wrong = ask(worker, course, RIGHT), ask(worker, course, SUM)
    assert wrong["score"] == 0.5 < right["score"] <= right["possible"] == 1
    assert "the mean is asked" in wrong["text"] and "the mean is asked" in wrong["html"]
    assert right["text"] == "All checks passed."


def test_hidden_checks_run_for_the_grade_alone(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    exercise = course / "exercises" / "small" / "mean_square" / "exercise.py"
    exercise.write_text(
        exercise.read_text() + "\nfrom autograder.checks import repeats\nchecks.append(repeats(battery))\n"
    )
    name = "gives the same answer to the same input"
    folder = tmp_path / "autograded"
    folder.mkdir()
    with ExitStack() as stack:
        desk = Near(stack)
        public, all_ = ask(desk, folder, RIGHT), ask(desk, folder, RIGHT, checks="all")
    assert name not in public["html"] and name in all_["html"]
    assert public["score"] < all_["score"] == 1


def test_an_unknown_exercise_is_said_so(worker, course):
    assert "the exercises are mean_square, essay" in ask(worker, course, RIGHT, exercise="mean")["error"]


def test_a_worker_that_died_is_started_anew(worker, course):
    worker._process.kill()
    worker._process.wait()
    assert ask(worker, course, SUM)["score"] == 0.5


def test_an_interrupted_check_leaves_no_answer_for_the_next_one(worker, course, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    assert ask(worker, course, SUM)["score"] == 0.5
    with monkeypatch.context() as patch:
        patch.setattr("autograder.nbgrader.cell.json.loads", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask(worker, course, RIGHT)
    assert ask(worker, course, SUM)["score"] == 0.5


def test_outside_of_a_course_the_cell_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CheckError, match="No course was chosen"):
        check("mean_square")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # nbgrader's and Jupyter's own
def test_in_nbgraders_own_kernel_the_cell_gives_the_score(tmp_path, course, monkeypatch):
    """Without our engine, nbgrader starts a kernel and reads the cell's output."""
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    nb = make_nb_course(tmp_path / "nb", "small", course, PLAIN)

    def edit(notebook):
        cell(notebook, "mean_square")["source"] = SUM

    nb.hand_in("anna", edit)
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    assert nb.grades("anna")["mean_square-check"] == (0.5, None, False)
    outputs = cell(json.loads(nb.path("autograded", "anna").read_text()), "mean_square-check")["outputs"]
    assert [o["output_type"] for o in outputs] == ["execute_result"]  # no stderr: that would be 0 points
    assert "the mean is asked" in "".join(outputs[0]["data"]["text/html"])
    assert "NBGRADER_EXECUTION" not in os.environ
