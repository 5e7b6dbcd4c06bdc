"""What commands cost: wall seconds, processor seconds of all that they started, and the most memory they had together."""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Command:
    """A program, and where it runs."""

    words: tuple[str, ...]
    cwd: Path
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Cost:
    wall: float  # seconds
    processor: float  # seconds, of all processes
    memory: float  # megabytes at most, of all processes together; what several share counts once (PSS)


def cost(lines: Sequence[Sequence[Command]]) -> Cost:
    """Of the commands in ``lines``: each line runs one after the other, all lines at the same time.

    Raises:
        RuntimeError: a command failed; with the end of what it said.
    """
    _adopt_orphans()
    looking = _Looking()
    before, start = _processor(), time.perf_counter()
    with looking:
        _run(lines)
        wall = time.perf_counter() - start
    _reap()
    return Cost(wall, _processor() - before, looking.most)


def _run(lines: Sequence[Sequence[Command]]) -> None:
    waiting = [list(line) for line in lines]
    running: dict[int, tuple[subprocess.Popen[bytes], Path, list[Command]]] = {}

    def begin(line: list[Command]) -> None:
        if line:
            command = line.pop(0)
            said = command.cwd / f".said.{len(os.listdir(command.cwd))}.{id(line)}"
            with said.open("wb") as file:
                process = subprocess.Popen(
                    command.words, cwd=command.cwd, env=command.environment, stdout=file, stderr=subprocess.STDOUT
                )
            running[process.pid] = process, said, line

    for line in waiting:
        begin(line)
    while running:
        pid, status = os.wait()
        if pid not in running:
            continue  # an orphan, whose seconds count
        process, said, line = running.pop(pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        text = said.read_text("utf-8", "replace")
        said.unlink()
        if process.returncode:
            raise RuntimeError(f"{' '.join(map(str, process.args))} ended with {process.returncode}:\n{text[-3000:]}")
        begin(line)


def _adopt_orphans() -> None:
    """A process whose parent ends is ours then: its seconds are not lost."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _reap() -> None:
    """What was left behind is waited for a while."""
    end = time.monotonic() + 5
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Looking:
    """Looks now and again at the memory of everything below this process."""

    def __init__(self) -> None:
        self.most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self.most = max(self.most, sum(map(proportional, below(os.getpid()))))

    def __enter__(self) -> "_Looking":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def proportional(pid: int) -> float:
    """Megabytes of a process, of what it shares its part; 0 where it is gone."""
    with contextlib.suppress(OSError, StopIteration):
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(row for row in rows if row.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def below(pid: int) -> list[int]:
    """Processes below ``pid``."""
    with contextlib.suppress(OSError):
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
        direct = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        return direct + [deeper for child in direct for deeper in below(child)]
    return []
