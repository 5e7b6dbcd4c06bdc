"""Where a class is graded: each engine is a file with ``executor(job, size, address) -> concurrent.futures.Executor``.

What is handed to an executor runs in a process in which ``worker.begin(job)`` was called. If that process dies, the future raises
``BrokenExecutor``; if it could not begin, ``UsageError`` or ``CourseError``.

local   worker processes of this machine
dask    the workers of a Dask cluster
seat    a process beside a Dask worker, in which is graded
"""

import importlib
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from autograder.model import UsageError

if TYPE_CHECKING:
    from autograder.grading.job import Job

ENGINES = ("local", "dask")


def named(engine: str) -> tuple[str, str]:
    """Name and address in ``NAME`` or ``NAME://ADDRESS``.

    Raises:
        UsageError: there is no such engine, or its address is none.
    """
    name, colon, address = engine.partition("://")
    host, _, port = address.rpartition(":")
    if name not in ENGINES or (name == "local" and colon):
        raise UsageError(
            f"No engine {engine!r}; there are local, dask (a cluster of its own here) and dask://HOST:PORT."
        )
    if colon and not (host and port.isdigit()):
        raise UsageError(f"{engine!r} names no scheduler; dask://HOST:PORT is expected, such as dask://127.0.0.1:8786.")
    return name, address


def executor(job: "Job", size: int) -> Executor:
    """The executor that ``job.engine`` names, with ``size`` workers where it starts some.

    Raises:
        UsageError: there is no such engine, or it cannot be had.
    """
    name, address = named(job.engine)
    found: Executor = importlib.import_module(f"autograder.grading.engines.{name}").executor(job, size, address)
    return found
