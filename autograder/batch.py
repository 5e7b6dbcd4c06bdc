"""grade_all(sheet, submissions) -> Reports as they finish: worker processes, resume, and nobody is ever lost.

Each worker process has its own student host. A worker that dies is replaced and its submission graded again; a
submission that kills two workers gets a report that says so, with no score.
"""

import ctypes
import multiprocessing
import os
import platform
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.catalog import load_sheet
from autograder.grade import Grader
from autograder.marks import Marks
from autograder.model import Finding, Options, Report, Result, Sheet, Status, Submission
from autograder.student import Host
from autograder.versions import versions

TRIES = 2


@dataclass(frozen=True)
class Job:
    """What every worker needs to know; plain data, so that a fresh process can start from it."""

    course: Path
    sheet: str
    marks: Marks = field(default_factory=Marks)
    options: Options = field(default_factory=Options)
    secret: tuple[Path, ...] = ()
    require: str | None = None
    trust: bool = False

    def stamp(self, sheet: Sheet, submission: Submission) -> dict[str, str]:
        """What a report depends on besides the submission's bytes; a report with another stamp is graded anew."""
        marks = self.marks.of(submission.student)
        return {
            **versions(),
            "sheet": sheet.sha256[:16],
            "options": str(self.options),
            **({"marks": marks} if marks else {}),
        }


def current(report: Report, job: Job, sheet: Sheet, submission: Submission) -> bool:
    """Whether a report still says what grading again would say."""
    same = report.sha256 == submission.sha256 and report.status != "broken"
    return same and dict(report.versions) == job.stamp(sheet, submission)


def grade_all(
    job: Job, submissions: Sequence[Submission], *, jobs: int = 1, stop: Callable[[], bool] = lambda: False
) -> Iterator[Report]:
    """Grades the submissions and yields each report as it is done; after ``stop()`` nothing new is begun."""
    if jobs <= 1 or len(submissions) <= 1:
        yield from _grade_here(job, submissions, stop)
    else:
        yield from _Pool(job, min(jobs, len(submissions)), stop).run(submissions)


def _grade_here(job: Job, submissions: Sequence[Submission], stop: Callable[[], bool]) -> Iterator[Report]:
    with _Worker(job) as worker:
        for submission in submissions:
            if stop():
                return
            yield worker.grade(submission)


class _Worker:
    """A sheet, a student host and a grader; a context manager."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> "_Worker":
        sheet = load_sheet(self.job.sheet, self.job.course)
        self.host = open_host(self.job, sheet)
        self.host.__enter__()
        self.sheet = sheet
        self.grader = Grader(sheet, self.host, marks=self.job.marks, options=self.job.options)
        return self

    def __exit__(self, *_: object) -> None:
        self.grader.__exit__()
        self.host.__exit__(None, None, None)

    def grade(self, submission: Submission) -> Report:
        report = self.grader.grade(submission)
        return replace(report, versions=self.job.stamp(self.sheet, submission))


def open_host(job: Job, sheet: Sheet) -> Host:
    return Host(sheet.settings, require=job.require, secret=(job.course, *job.secret))


@dataclass
class _Pool:
    job: Job
    size: int
    stop: Callable[[], bool]

    def run(self, submissions: Sequence[Submission]) -> Iterator[Report]:
        waiting = [(submission, 1) for submission in reversed(submissions)]
        while waiting and not self.stop():
            pool = ProcessPoolExecutor(self.size, multiprocessing.get_context("spawn"), _start, (self.job,))
            running: dict[Future[Report], tuple[Submission, int]] = {}
            try:
                while (waiting and not self.stop()) or running:
                    while waiting and len(running) < self.size + 1 and not self.stop():
                        submission, tries = waiting.pop()
                        running[pool.submit(_grade, submission)] = (submission, tries)
                    done, _ = wait(running, timeout=1, return_when=FIRST_COMPLETED)
                    for future in done:
                        submission, tries = running.pop(future)
                        yield future.result()
            except BrokenProcessPool:  # a worker died: whatever was running is graded again by new ones
                lost = [(submission, tries), *running.values()]
                yield from (broken(self.job, s) for s, n in lost if n >= TRIES)
                waiting += [(s, n + 1) for s, n in lost if n < TRIES]
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def broken(job: Job, submission: Submission) -> Report:
    """The report on a submission during whose grading our workers died: no score, a person looks."""
    sheet = load_sheet(job.sheet, job.course)
    message = "The grader's own process died here, twice; a person will look at it."
    results = tuple(
        Result(e.id, e.item, e.points, (Finding(e.checks[0].name, Status.BROKEN, 0.0, e.points, message=message),))
        for e in sheet.exercises
    )
    return Report(
        sheet.id,
        submission.student,
        submission.path,
        submission.sha256,
        results,
        sheet.points,
        versions=job.stamp(sheet, submission),
        origin=submission.origin,
    )


_worker: _Worker | None = None


def _start(job: Job) -> None:
    """Begins a worker process: it ends with its parent, and leaves Ctrl-C to it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    _worker = _Worker(job).__enter__()


def _grade(submission: Submission) -> Report:
    assert _worker is not None
    return _worker.grade(submission)


def _die_with_parent() -> None:
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        return
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
