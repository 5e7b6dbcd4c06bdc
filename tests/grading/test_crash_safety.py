"""kill -9 of the grader, a worker, a zygote or what zygotes come from, at any moment: nothing lost or doubled, no process left.

The slow run kills at 100 random moments; the sample in ``make test`` once of each kind, in one run.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from autograder.commands.grade import grade_class
from autograder.student.zygote import START
from tests.commands.test_grade import contents, hand_out
from tests.conftest import RIGHT, SUM, TWICE

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds its victims in /proc")

STUDENTS = {f"s{i:02}.py": (RIGHT, SUM, TWICE)[i % 3] for i in range(18)}
VICTIMS = ("grader", "worker", "zygote", "nursery")


def start(course: Path, handed_in: Path, out: Path, says: int | IO[bytes] = subprocess.PIPE) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "autograder", "grade", "small", str(handed_in), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        [*words, "--course", str(course)], stdout=subprocess.DEVNULL, stderr=says, start_new_session=True
    )


def direct(pid: int) -> list[int]:
    try:
        return [int(c) for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()]
    except OSError:
        return []


def children(pid: int) -> list[int]:
    """Processes below ``pid``, parents first."""
    return direct(pid) + [deeper for child in direct(pid) for deeper in children(child)]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def victim(kind: str, grader: int) -> int | None:
    ours = {p for p in children(grader) if os.fsencode(START) in command(p)}
    nursery = [p for p in direct(grader) if p in ours]
    chosen = {
        "grader": [grader],
        "worker": [p for p in direct(grader) if command(p) == command(grader) or b"spawn_main" in command(p)],
        "zygote": [p for p in children(grader) if p in ours and p not in nursery],
        "nursery": nursery,
        "none": [],
    }[kind]
    return chosen[0] if chosen else None


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def assert_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 20
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in pids if alive(pid)]


def kill_once(kind: str, delay: float, course: Path, handed_in: Path, out: Path) -> int:
    """Kills one process of a run after ``delay`` seconds; returns the run's exit code."""
    running = start(course, handed_in, out)
    time.sleep(delay)
    below = children(running.pid)
    target = victim(kind, running.pid)
    if target is not None and running.poll() is None:
        os.kill(target, signal.SIGKILL)
    _, said = running.communicate(timeout=300)
    assert kind == "grader" or b"Traceback" not in said, said.decode()
    assert_gone([*below, running.pid])
    return running.returncode


@pytest.fixture(scope="module")
def whole(course, tmp_path_factory) -> tuple[Path, Path]:
    """The class, and its results from an undisturbed run."""
    folder = tmp_path_factory.mktemp("class")
    handed_in = hand_out(folder / "in", STUDENTS)
    finish(course, handed_in, folder / "out")
    return handed_in, folder / "out"


def finish(course: Path, handed_in: Path, out: Path) -> None:
    """Grades what is not graded, in this process: what a run does that came after another."""
    assert grade_class("small", [handed_in], out=out, jobs=1, course=course) == 0


def duration(course: Path, handed_in: Path, out: Path) -> float:
    """How long an undisturbed run takes."""
    begun = time.monotonic()
    run = start(course, handed_in, out)
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said.decode()
    return time.monotonic() - begun


def reports(out: Path) -> int:
    return len(list((out / "reports").glob("*.json")))


def until(true: Callable[[], object], run: "subprocess.Popen[bytes]") -> bool:
    """Waits until something is true; False if the run is over first."""
    while not true():
        if run.poll() is not None:
            return False
        time.sleep(0.005)
    return True


def test_one_run_loses_a_zygote_then_what_they_are_forked_from_then_a_worker_and_is_then_killed(
    course, whole, tmp_path
):
    """After the first three the run goes on by itself, after the last the next run does."""
    handed_in, undisturbed = whole
    with (tmp_path / "said").open("wb") as log:
        run, below = start(course, handed_in, tmp_path / "out", log), []
    for kind in ("zygote", "nursery", "worker", "grader"):
        before = reports(tmp_path / "out")
        assert until(lambda before=before: reports(tmp_path / "out") > before, run), f"nothing was graded before {kind}"
        assert until(lambda kind=kind: victim(kind, run.pid) is not None, run), kind
        below += children(run.pid)
        said = (
            tmp_path / "said"
        ).read_text()  # a worker that loses the grader while it starts complains; nobody reads it
        forked = command(victim("worker", run.pid) or 0) == command(run.pid)
        assert forked or kind == "grader"  # until one was lost
        os.kill(victim(kind, run.pid), signal.SIGKILL)
    assert run.wait(300) == -signal.SIGKILL
    assert "Traceback" not in said, said
    assert_gone([*below, run.pid])
    assert 4 <= reports(tmp_path / "out") < len(STUDENTS)
    finish(course, handed_in, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(undisturbed)


@pytest.mark.slow
def test_a_hundred_kills(course, whole, tmp_path):
    check_kills(int(os.environ.get("AUTOGRADER_KILLS", "100")), 2, course, whole, tmp_path)


def check_kills(count: int, seed: int, course: Path, whole: tuple[Path, Path], out: Path) -> None:
    handed_in, undisturbed = whole
    seconds = duration(course, handed_in, out / "whole")
    assert contents(out / "whole") == contents(undisturbed)
    chance = random.Random(seed)
    for number in range(count):
        folder = out / str(number)
        kind = VICTIMS[number % 4]
        code = kill_once(kind, chance.uniform(0.1, seconds), course, handed_in, folder)
        assert code in (0, -signal.SIGKILL), (kind, code)
        if code:
            assert kill_once("none", 0, course, handed_in, folder) == 0
        assert contents(folder) == contents(undisturbed), kind


def test_ctrl_c_once_finishes_what_runs_and_twice_ends_at_once(course, whole, tmp_path):
    handed_in, undisturbed = whole
    once = start(course, handed_in, tmp_path / "once")
    assert until(lambda: reports(tmp_path / "once"), once)
    once.send_signal(signal.SIGINT)
    _, said = once.communicate(timeout=120)
    assert once.returncode == 0, said.decode()
    assert contents(tmp_path / "once" / "reports").items() <= contents(undisturbed / "reports").items()

    twice = start(course, handed_in, tmp_path / "twice")
    assert until(lambda: reports(tmp_path / "twice"), twice)
    below = children(twice.pid)
    twice.send_signal(signal.SIGINT)
    time.sleep(0.05)
    twice.send_signal(signal.SIGINT)
    twice.communicate(timeout=30)
    assert twice.returncode in (0, 130, -signal.SIGINT)  # the last: it was past its own handler, on its way out
    assert_gone(below)

    for name in ("once", "twice"):
        finish(course, handed_in, tmp_path / name)
        assert contents(tmp_path / name) == contents(undisturbed)
