"""A process beside a Dask worker, in which is graded: a course's modules are loaded once in a process, and a Dask worker outlives
many runs. Each thread of a worker has one, so that two submissions are never graded in the same process at a time.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, Pipe
from typing import Any

from autograder.course import Parcel, unpack
from autograder.grading.engines.local import start
from autograder.grading.job import Job, made_with
from autograder.grading.worker import worker
from autograder.model import UsageError
from autograder.training import cache_directory


@dataclass(frozen=True)
class Run:
    """What a run sends to each worker once. ``made_with`` is what a report must be made with (``job.made_with``)."""

    token: str
    job: Job
    parcel: Parcel
    made_with: Mapping[str, str] = field(default_factory=dict)


class Seat:
    """The process of one run, as the Dask worker sees it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.connection, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-P", "-m", __name__, str(theirs.fileno()), str(os.getpid())]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        self.ask(run)

    def ask(self, what: object) -> Any:
        """What the process answers; raises what it raised, and BrokenProcessPool if it died."""
        try:
            self.connection.send(what)
            good, value = self.connection.recv()
        except (EOFError, OSError):
            self.close()
            raise BrokenProcessPool(f"a grading process ended with {self.process.returncode}") from None
        if not good:
            raise value
        return value

    def close(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()


_runs: dict[str, Run] = {}
_seats: dict[int, Seat] = {}


def expect(run: Run) -> None:
    """Called on each worker before anything is handed to it."""
    _runs[run.token] = run


def leave(token: str) -> None:
    """Called on each worker at the end of a run."""
    _runs.pop(token, None)
    for thread, seat in list(_seats.items()):
        if seat.run.token == token:
            _seats.pop(thread).close()


def perform(token: str, function: Callable[..., Any], *given: Any) -> Any:
    """``function(*given)`` in this thread's process of the run, which is begun if need be."""
    thread = threading.get_ident()
    seat = _seats.get(thread)
    if seat is None or seat.run.token != token or seat.process.poll() is not None:
        if seat is not None:
            _seats.pop(thread).close()
        if token not in _runs:
            raise UsageError("this worker was not told of the run; start the run again")
        seat = _seats[thread] = Seat(_runs[token])
    return seat.ask((function, given))


# ------------------------------------------------------------------ in the process


def _begin(run: Run, parent: int) -> bool:
    """Raises UsageError if a report made here would not be the one that is made where the run was started."""
    cache = cache_directory() / "courses"
    job = replace(run.job, course=unpack(run.parcel, cache), secret=(*run.job.secret, cache), engine="local")
    start(job, parent)
    if found := differences(run.made_with, made_with(worker().sheet)):
        raise UsageError(found)
    return True


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """One sentence, or "" where there is none."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    pairs = [f"{name} {there.get(name, 'is missing')} (here {here.get(name, 'it is missing')})" for name in names]
    return (
        f"it has {', '.join(pairs)}; install the same versions there, or grades would depend on the worker"
        if pairs
        else ""
    )


def main() -> None:
    """Answers until the Dask worker is gone."""
    connection = Connection(int(sys.argv[1]))
    parent = int(sys.argv[2])
    while True:
        try:
            what = connection.recv()
        except EOFError:
            return
        try:
            answer = _begin(what, parent) if isinstance(what, Run) else what[0](*what[1])
            connection.send((True, answer))
        except Exception as error:
            connection.send((False, error))


if __name__ == "__main__":
    from autograder.grading.engines import seat

    seat.main()  # as the module that the run's classes name, not as __main__
