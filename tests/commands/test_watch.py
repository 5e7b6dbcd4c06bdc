"""``check --watch``: what a change can have touched is checked again, as soon as the file is saved."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.commands.watch import affected
from autograder.model import Cell, Exercise, Settings, Sheet, Submission
from tests.conftest import RIGHT, TWICE
from tests.student.helpers import exercise

BEFORE = """import torch

SCALE = 2

def helper(x):
    return x * SCALE

@torch.no_grad()
def norm(x):
    return helper(x)

def loss(x):
    if x:
        return 1
    else:
        return 2
"""


def sheet() -> Sheet:
    text = Exercise("essay", "3", 1.0, "text", (), exercise("essay").checks)
    return Sheet("small", "Small", (exercise("norm"), exercise("loss"), text), Settings())


def handed_in(source: str, essay: str = "") -> Submission:
    return Submission("anna", "anna.py", "0" * 64, (Cell(source, 1),), {"essay": essay})


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("return 2", "return 3", ["loss"]),
        ("return helper(x)", "return -helper(x)", ["norm"]),
        ("return x * SCALE", "return x", ["norm"]),  # used by norm
        ("SCALE = 2", "SCALE = 3", ["norm"]),  # used by what norm uses
        ("@torch.no_grad()\n", "", ["norm"]),
        ("import torch", "import numpy", ["norm", "loss"]),  # defines nothing: anything may depend on it
        ("def loss", "def lost", ["loss"]),
        ("", "", []),
    ],
)
def test_what_a_change_can_have_touched(old, new, touched):
    assert affected(sheet(), handed_in(BEFORE), handed_in(BEFORE.replace(old, new, 1))) == touched


def test_a_text_touches_its_exercise_alone():
    assert affected(sheet(), handed_in(BEFORE), handed_in(BEFORE, "Because.")) == ["essay"]


def test_a_save_is_checked_at_once(course):
    file = course / "watched.py"
    file.write_text(TWICE)
    command = [sys.executable, "-m", "autograder", "check", "small", str(file), "--course", str(course), "--watch"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            first = _until(process, "Waiting for watched.py")
            assert "✗ 1 mean_square" in first
            file.write_text(RIGHT)
            assert "✓ 1 mean_square" in _until(process, "mean_square:")
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
            assert process.wait() == 0, rest
        finally:
            process.kill()  # it would watch for ever
    file.unlink()


def _until(process: "subprocess.Popen[str]", words: str) -> str:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def test_a_host_can_start_before_torch_is_imported():
    script = (
        "import sys\nimport autograder.commands.check\nfrom autograder.course import find_course, settings\n"
        "from autograder.grading import start_host\nfrom autograder.student import Host\nprint('torch' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )
