"""grade_all(sheet, submissions) -> Reports as they finish: worker processes, resume, and nobody is ever lost.

Each worker process has its own student host. A worker that dies is replaced and its submission graded again; a
submission that kills two workers gets a report that says so, with no score.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course import load_stamped
from autograder.grading.engines import executor
from autograder.grading.grader import Grader
from autograder.grading.hosting import start_host
from autograder.grading.marks import Marks
from autograder.grading.stamp import versions
from autograder.model import (
    UNTRAINED,
    CourseError,
    Finding,
    Options,
    Report,
    Result,
    Sheet,
    Status,
    Submission,
    UsageError,
)


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
    engine: str = "local"
    several: bool = False  # whether several workers grade at once: they would wait for one GPU longer than they compute

    def stamp(self, sheet: Sheet, submission: Submission) -> dict[str, str]:
        """What a report depends on besides the submission's bytes; a report with another stamp is graded anew."""
        read = self.marks.stamp(submission.student)
        return {
            **made_with(sheet),
            "options": str(self.options),
            **({"read": read} if read else {}),
        }


def made_with(sheet: Sheet) -> dict[str, str]:
    """What all reports on a sheet depend on, wherever they are made."""
    return {**sheet.packages, **versions(), "sheet": sheet.sha256[:16]}


def current(report: Report, job: Job, sheet: Sheet, submission: Submission) -> bool:
    """Whether a report still says what grading again would say."""
    same = dict(report.versions) == job.stamp(sheet, submission)
    return same and usable(report, job, sheet, submission) and not outdated(report, sheet)


def usable(report: Report, job: Job, sheet: Sheet, submission: Submission) -> bool:
    """Whether what a report says of an exercise that has not changed is what grading again would say, but for those that are
    ``untrained``."""
    same = report.sha256 == submission.sha256 and report.status != "broken"
    ids = [result.id for result in report.results] == [exercise.id for exercise in sheet.exercises]
    without = replace(job, options=replace(job.options, training=False))
    return same and ids and dict(report.versions) in (job.stamp(sheet, submission), without.stamp(sheet, submission))


def outdated(report: Report, sheet: Sheet) -> list[str]:
    """The exercises that have changed since the report was made."""
    pairs = zip(report.results, sheet.exercises, strict=True)
    return [exercise.id for result, exercise in pairs if result.stamp != exercise.sha256[:16]]


def untrained(report: Report) -> list[str]:
    """The exercises whose training was left out by --no-training."""
    return [result.id for result in report.results if any(f.message == UNTRAINED for f in result.findings)]


Known = Callable[[str], Report | None]
"""A student's report of an earlier run, read when it is that student's turn."""


def grade_all(
    job: Job,
    submissions: Sequence[Submission],
    *,
    jobs: int = 1,
    stop: Callable[[], bool] = lambda: False,
    known: Known = lambda student: None,
) -> Iterator[Report]:
    """Grades the submissions and yields each report as it is done; after ``stop()`` nothing new is begun.

    Where ``known`` has a report, only the exercises that have changed since are graded. What ended at a limit while the
    machine was busy is graded once more at the end, one submission at a time.

    Raises:
        UsageError, CourseError: nothing can be graded as the job asks for.
    """
    if not submissions:  # nothing is started for nobody
        return
    if job.engine == "local" and (jobs <= 1 or len(submissions) <= 1):
        graded = _grade_here(job, submissions, stop, known)
    else:
        graded = _grade_in_workers(job, submissions, max(1, min(jobs, len(submissions))), stop, known)
    hurried = []
    for submission, report in graded:
        if report.hurried:
            hurried.append(submission)
        else:
            yield report
    for submission in hurried:
        if not stop():
            yield _grade_alone(job, submission)


Graded = Iterator[tuple[Submission, Report]]


def _grade_here(job: Job, submissions: Sequence[Submission], stop: Callable[[], bool], known: Known) -> Graded:
    with Worker(job) as worker:
        for submission in submissions:
            if stop():
                return
            yield submission, worker.grade(submission, known(submission.student))


class Worker:
    """A sheet, a student host and a grader; a context manager."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> "Worker":
        sheet = load_stamped(self.job.sheet, self.job.course, self.job.secret)
        job, options = self.job, self.job.options
        if job.several and options.device == "auto":
            options = replace(options, device="cpu")
        self.host = start_host(
            sheet.settings,
            options,
            data=sheet.data,
            secret=(job.course, *job.secret),
            require=job.require,
            trust=job.trust,
        )
        self.host.__enter__()
        self.sheet = sheet
        self.grader = Grader(sheet, self.host, marks=job.marks, options=options)
        return self

    def __exit__(self, *_: object) -> None:
        self.grader.__exit__()
        self.host.__exit__(None, None, None)

    def grade(self, submission: Submission, known: Report | None = None) -> Report:
        stamp = self.job.stamp(self.sheet, submission)
        old = known if known and usable(known, self.job, self.sheet, submission) else None
        report = (old and self._renewed(submission, old)) or self.grader.grade(submission)
        return replace(report, versions=stamp)

    def _renewed(self, submission: Submission, known: Report) -> Report | None:
        """The known report with what has to be graded again; None where that was done with another isolation."""
        only = [*outdated(known, self.sheet), *untrained(known)]
        if not only or known.isolation != self.host.isolation:
            return known if known.isolation == self.host.isolation else None
        report = self.grader.grade(submission, only)
        return _merged(known, report, self.sheet.points) if report.isolation == known.isolation else None


def _merged(known: Report, new: Report, possible: float) -> Report:
    """The known report with the new results in place of theirs. What it says of the submission as a whole stays."""
    fresh = {result.id: result for result in new.results}
    results = tuple(fresh.get(result.id, result) for result in known.results)
    notes = tuple(dict.fromkeys((*known.notes, *new.notes)))
    return replace(known, results=results, possible=possible, notes=notes, seconds=new.seconds, hurried=new.hurried)


def _grade_in_workers(
    job: Job, submissions: Sequence[Submission], size: int, stop: Callable[[], bool], known: Known
) -> Graded:
    waiting = list(reversed(submissions))
    while waiting and not stop():
        running: dict[Future[Report], Submission] = {}
        try:
            with workers(job, size) as pool:
                room = getattr(pool, "room", size + 1)  # one more than there are workers waits, so that none is idle
                while (waiting and not stop()) or running:
                    while waiting and len(running) < room and not stop():
                        future = pool.submit(_grade, waiting[-1], known(waiting[-1].student))
                        running[future] = waiting.pop()
                    for future in wait(running, timeout=1, return_when=FIRST_COMPLETED).done:
                        report = future.result()  # before it leaves ``running``: it may raise
                        yield running.pop(future), report
        except BrokenExecutor:  # a worker died; whose fault it was shows when each is graded alone
            yield from ((submission, _grade_alone(job, submission)) for submission in running.values())


def _grade_alone(job: Job, submission: Submission) -> Report:
    try:
        with workers(job, 1) as pool:
            return pool.submit(_grade, submission).result()
    except BrokenExecutor:
        return broken(job, submission)


def workers(job: Job, size: int) -> Executor:
    """Workers of the job's engine, each with a sheet, a host and a grader of its own (``worker``)."""
    return executor(job, size)


def broken(job: Job, submission: Submission) -> Report:
    """The report on a submission during whose grading our workers died: no score, a person looks."""
    sheet = load_stamped(job.sheet, job.course, job.secret)
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


_worker: Worker | None = None
_refused: UsageError | CourseError | None = None


def begin(job: Job) -> None:
    """Makes this process one that grades."""
    global _worker, _refused
    try:
        _worker = Worker(job).__enter__()
    except (UsageError, CourseError) as error:
        _refused = error  # raised where a submission is handed in, so that it reaches who asked for it


def worker() -> Worker:
    """What this worker process has. Raises UsageError or CourseError if it could not be made."""
    if _refused is not None:
        raise _refused
    assert _worker is not None
    return _worker


def _grade(submission: Submission, known: Report | None = None) -> Report:
    return worker().grade(submission, known)
