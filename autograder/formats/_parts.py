"""A large class on disk, read and made into something by several processes, part by part."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

from autograder.formats._export import Written, by_student
from autograder.formats._json_read import report_of
from autograder.model import CourseError, Report

T = TypeVar("T")

LARGE, PART = 1000, 200  # reports: from how many processes are worth their start, and how many one gets at a time


def in_parts(reports: Sequence[Report], make: Callable[[Iterable[Report]], T]) -> Iterator[T]:
    """What ``make`` makes of the reports in the order of their names: of each, or of each part of a large class. It is a function
    of a module, or ``functools.partial`` of one, and gives plain data.

    Raises:
        CourseError: a report is damaged or has gone.
    """
    if isinstance(reports, Written) and len(reports) >= LARGE and _cores() > 1:
        yield from _in_processes(reports.paths(), make)
    else:
        yield from (make([report]) for report in by_student(reports))


def _in_processes(paths: Sequence[Path], make: Callable[[Iterable[Report]], T]) -> Iterator[T]:
    waiting: deque[Future[T]] = deque()
    with ProcessPoolExecutor(_cores(), multiprocessing.get_context("spawn")) as pool:
        for i in range(0, len(paths), PART):
            waiting.append(pool.submit(_made, make, paths[i : i + PART]))
            if len(waiting) > 2 * _cores():  # no more is held
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _made(make: Callable[[Iterable[Report]], T], paths: Sequence[Path]) -> T:
    return make(map(_read, paths))


def _read(path: Path) -> Report:
    try:
        return report_of(path.read_bytes(), path.name)
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}); run the same command again.") from None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
