"""kill -9 of the grader, a worker or the zygote at any moment: nothing lost, nothing doubled, no process left.

The slow run kills at 100 random moments; the sample in ``make test`` at a few.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.test_grade import contents, hand_out
from tests.conftest import RIGHT, SUM, TWICE

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds its victims in /proc")

STUDENTS = {f"s{i:02}.py": (RIGHT, SUM, TWICE)[i % 3] for i in range(9)}
VICTIMS = ("grader", "worker", "zygote")


def start(course: Path, handed_in: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "autograder", "grade", "small", str(handed_in), "--out", str(out), "--jobs", "2"]
    return subprocess.Popen(
        [*command, "--course", str(course)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def children(pid: int) -> list[int]:
    """Processes below ``pid``, parents first."""
    try:
        direct = [
            int(c) for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return direct + [deeper for child in direct for deeper in children(child)]


def is_zygote(pid: int) -> bool:
    try:
        return b"zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def victim(kind: str, grader: int) -> int | None:
    below = children(grader)
    chosen = {
        "grader": [grader],
        "worker": [p for p in below if not is_zygote(p) and any(map(is_zygote, children(p)))],
        "zygote": [p for p in below if is_zygote(p)],
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
    assert b"Traceback" not in said, said.decode()
    assert_gone([*below, running.pid])
    return running.returncode


@pytest.fixture(scope="module")
def whole(course, tmp_path_factory) -> tuple[Path, Path, float]:
    """The class, its results from an undisturbed run, and how long that took."""
    folder = tmp_path_factory.mktemp("class")
    handed_in = hand_out(folder / "in", STUDENTS)
    begun = time.monotonic()
    run = start(course, handed_in, folder / "out")
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said.decode()
    return handed_in, folder / "out", time.monotonic() - begun


def check_kills(count: int, seed: int, course: Path, whole: tuple[Path, Path, float], out: Path) -> None:
    handed_in, undisturbed, seconds = whole
    chance = random.Random(seed)
    for number in range(count):
        folder = out / str(number)
        kind = VICTIMS[number % 3]
        code = kill_once(kind, chance.uniform(0.1, seconds), course, handed_in, folder)
        assert code in (0, -signal.SIGKILL), (kind, code)
        if code:
            assert kill_once("none", 0, course, handed_in, folder) == 0
        assert contents(folder) == contents(undisturbed), kind


def test_three_kills(course, whole, tmp_path):
    check_kills(3, 1, course, whole, tmp_path)


@pytest.mark.slow
def test_a_hundred_kills(course, whole, tmp_path):
    check_kills(int(os.environ.get("AUTOGRADER_KILLS", "100")), 2, course, whole, tmp_path)


def test_ctrl_c_once_finishes_what_runs_and_twice_ends_at_once(course, whole, tmp_path):
    handed_in, undisturbed, seconds = whole
    once = start(course, handed_in, tmp_path / "once")
    time.sleep(seconds * 0.8)
    once.send_signal(signal.SIGINT)
    _, said = once.communicate(timeout=120)
    assert once.returncode == 0, said.decode()
    assert set(contents(tmp_path / "once" / "reports")) <= set(contents(undisturbed / "reports"))

    twice = start(course, handed_in, tmp_path / "twice")
    time.sleep(seconds * 0.8)
    below = children(twice.pid)
    twice.send_signal(signal.SIGINT)
    time.sleep(0.05)
    twice.send_signal(signal.SIGINT)
    twice.communicate(timeout=30)
    assert twice.returncode in (0, 130, -signal.SIGINT)  # the last: it was past its own handler, on its way out
    assert_gone(below)

    for name in ("once", "twice"):
        again = start(course, handed_in, tmp_path / name)
        again.communicate(timeout=300)
        assert again.returncode == 0
        assert contents(tmp_path / name) == contents(undisturbed)
