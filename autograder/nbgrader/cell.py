"""The test cell: ``check("mean_square")`` as the last line of a notebook's cell.

What it shows is a plain number in [0, points], which nbgrader takes for the score, and the findings as HTML. The grading is done
by a process of its own (``worker``), which runs the student's code in yet another one: neither tests nor oracles are ever in
the notebook's kernel. At a student's it runs the public checks on what was executed so far; inside ``nbgrader autograde`` all
checks on the file. This module imports nothing heavy and nothing of nbgrader.
"""

import atexit
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from autograder.import_path import environment, interpreter

COLAB_SECONDS = 10


class Shown:
    """What a check found, as a notebook shows it: ``repr`` is the score alone."""

    def __init__(self, score: float, possible: float, html: str, text: str) -> None:
        self.score = min(max(round(float(score), 6), 0.0), float(possible)) if score == score else 0.0
        self.possible, self.html, self.text = float(possible), html, text

    def __repr__(self) -> str:
        return repr(self.score)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


class CheckError(Exception):
    """The check could not be made; the sentence says what to do. Nothing was said about the answer."""


def check(exercise: str, sheet: str = "") -> Shown:
    """Checks one exercise of the notebook this is called in.

    Args:
        exercise: its id, "mean_square".
        sheet: id of the sheet, where the course or pack holds several.

    Raises:
        CheckError: no course was chosen and no pack is near, or no such exercise.
    """
    grading = os.environ.get("NBGRADER_EXECUTION") == "autograde"
    request = {
        "exercise": exercise,
        "sheet": sheet,
        "folder": str(Path.cwd()),
        "checks": "all" if grading else "public",
        "file": str(notebook_file() or ""),
        "cells": None if grading else executed_cells(),
        "notebook": "" if grading else colab_notebook(),
    }
    answer = _worker.ask(request)
    if error := answer.get("error"):
        raise CheckError(error) from None
    return Shown(answer["score"], answer["possible"], answer["html"], answer["text"])


def notebook_file() -> Path | None:
    """The notebook this kernel runs: as Jupyter or VS Code names it, else the only one in the working directory."""
    named = os.environ.get("JPY_SESSION_NAME") or _namespace().get("__vsc_ipynb_file__") or ""
    if named and Path(str(named)).is_file():
        return Path(str(named)).resolve()
    there = sorted(Path.cwd().glob("*.ipynb"))
    return there[0].resolve() if len(there) == 1 else None


def colab_notebook() -> str:
    """The notebook as Colab shows it, as JSON: there it lies in no file. "" elsewhere, or if Colab does not tell."""
    if "google.colab" not in sys.modules:
        return ""
    try:
        message = importlib.import_module("google.colab._message")
        return json.dumps(message.blocking_request("get_ipynb", timeout_sec=COLAB_SECONDS)["ipynb"])
    except Exception:  # a service of Colab's own; what was executed is checked all the same
        return ""


def executed_cells() -> list[str] | None:
    """What was executed in this kernel so far, a repeated cell once, at its last place; None outside of IPython."""
    try:
        history = get_ipython().history_manager.input_hist_raw  # type: ignore[name-defined]  # IPython defines it
    except (NameError, AttributeError):
        return None
    return list(dict.fromkeys(reversed([str(source) for source in history if source.strip()])))[::-1]


def _namespace() -> dict[str, Any]:
    try:
        found: dict[str, Any] = get_ipython().user_ns  # type: ignore[name-defined]  # IPython defines it
    except (NameError, AttributeError):
        return {}
    return found


class Worker:
    """A grading process, started at the first request and ended with the process that asks."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; a worker that died is started anew once."""
        for _ in range(2):
            process = self._started()
            try:
                assert process.stdin is not None and process.stdout is not None
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
                if line := process.stdout.readline():
                    answer: dict[str, Any] = json.loads(line)
                    return answer
            except OSError:
                pass
            except BaseException:  # interrupted: the answer that is still to come belongs to no later request
                self.close(at_once=True)
                raise
            self.close()
        return {
            "error": "The process that checks your answers ended twice. This is not your fault; tell your instructor."
        }

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            command = interpreter("-m", "autograder.nbgrader.worker")
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
            self._process = subprocess.Popen(
                command, text=True, encoding="utf-8", start_new_session=True, env=environment(), **pipes
            )  # type: ignore[call-overload]  # the pipes are Popen's own constants
            atexit.register(self.close)
        return self._process

    def close(self, *, at_once: bool = False) -> None:
        """Ends the worker: it goes when its input ends, or is killed ``at_once``."""
        process, self._process = self._process, None
        if process is not None:
            if at_once:
                process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


_worker = Worker()
_of_courses: dict[Path, tuple[str, Worker]] = {}


def worker_for(course: Path, stamp: str) -> Worker:
    """A course's grading process; a new one after the course changed, so that Formgrader grades with what is there now."""
    if course in _of_courses and _of_courses[course][0] != stamp:
        _of_courses.pop(course)[1].close()
    return _of_courses.setdefault(course, (stamp, Worker()))[1]
