"""grade_all(sheet, submissions) -> Reports as they finish: worker processes, resume, and nobody is ever lost.

Each worker process has its own student host. A worker that dies is replaced and its submission graded again; a
submission that kills two workers gets a report that says so, with no score.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course import load_stamped
from autograder.grading.again import outdated, untrained, usable
from autograder.grading.engines import executor
from autograder.grading.failures import failures_of
from autograder.grading.grader import Grader
from autograder.grading.hosting import UNWALLED, start_host
from autograder.grading.marks import Marks
from autograder.grading.stamp import versions
from autograder.grading.turns import Turn, Turns
from autograder.model import (
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
from autograder.training import cache_directory


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


Known = Callable[[str], Report | None]
"""A student's report of an earlier run, read when it is that student's turn."""


def grade_all(
    job: Job,
    submissions: Sequence[Submission],
    *,
    jobs: int = 1,
    stop: Callable[[], bool] = lambda: False,
    known: Known = lambda student: None,
    saved: Known | None = None,
    trained: Sequence[Submission] = (),
) -> Iterator[Report]:
    """Grades the submissions and yields each report as it is done; after ``stop()`` nothing new is begun.

    Where ``known`` has a report, only the exercises that have changed since are graded. Where ``saved`` gives back what was
    yielded before, trainings come after all else, so that a submission with a training is yielded twice; ``trained`` are those
    of which it has all but the trainings. What ended at a limit while the machine was busy is graded once more at the end, one
    submission at a time.

    Raises:
        UsageError, CourseError: nothing can be graded as the job asks for.
    """
    turns = Turns(submissions, trained, apart=bool(saved) and job.options.training)
    if not (count := len(turns)):  # nothing is started for nobody
        return

    def before(turn: Turn) -> Report | None:
        return (saved if saved and turn.training and turns.apart else known)(turn.submission.student)

    if job.engine == "local" and (jobs <= 1 or count <= 1):
        graded = _grade_here(job, turns, stop, before)
    else:
        graded = _grade_in_workers(job, turns, max(1, min(jobs, count)), stop, before)
    hurried = []
    for turn, report in graded:
        if report.hurried:
            hurried.append(turn.submission)
            continue
        yield report
        if not turn.training and untrained(report):
            turns.again(turn.submission)  # once what is known of it is saved
    for submission in hurried:
        if not stop():
            yield _grade_alone(job, submission)


Graded = Iterator[tuple[Turn, Report]]
Before = Callable[[Turn], Report | None]


def _grade_here(job: Job, turns: Turns, stop: Callable[[], bool], before: Before) -> Graded:
    with Worker(job) as worker:
        while turns and not stop():
            turn = turns.take()
            yield turn, worker.grade(turn.submission, before(turn), training=turn.training)


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
        kept = None  # where submissions may write into this account's files, each worker finds out for itself
        if self.host.level not in UNWALLED:
            kept = failures_of(sheet, made_with(sheet), str(job.options), cache_directory())
        self.grader = Grader(sheet, self.host, marks=job.marks, options=options, kept=kept)
        return self

    def __exit__(self, *_: object) -> None:
        self.grader.__exit__()
        self.host.__exit__(None, None, None)

    def grade(self, submission: Submission, known: Report | None = None, *, training: bool = True) -> Report:
        """``training``: False leaves trainings for later; a report that has none is complete all the same."""
        start = time.perf_counter()
        options = self.job.options if training else replace(self.job.options, training=False)
        old = known if known and usable(known, self.job, self.sheet, submission) else None
        report = (old and self._renewed(submission, old, options)) or self.grader.grade(submission, options=options)
        job = self.job if training or not untrained(report) else replace(self.job, options=options)
        took = time.perf_counter() - start
        return replace(report, versions=job.stamp(self.sheet, submission), took=took)

    def _renewed(self, submission: Submission, known: Report, options: Options) -> Report | None:
        """The known report with what has to be graded again; None where that was done with another isolation."""
        only = [*outdated(known, self.sheet), *(untrained(known) if options.training else ())]
        if not only or known.isolation != self.host.isolation:
            return known if known.isolation == self.host.isolation else None
        report = self.grader.grade(submission, only, options=options)
        return _merged(known, report, self.sheet.points) if report.isolation == known.isolation else None


def _merged(known: Report, new: Report, possible: float) -> Report:
    """The known report with the new results in place of theirs. What it says of the submission as a whole stays."""
    fresh = {result.id: result for result in new.results}
    results = tuple(fresh.get(result.id, result) for result in known.results)
    notes = tuple(dict.fromkeys((*known.notes, *new.notes)))
    return replace(known, results=results, possible=possible, notes=notes, seconds=new.seconds, hurried=new.hurried)


def _grade_in_workers(job: Job, turns: Turns, size: int, stop: Callable[[], bool], before: Before) -> Graded:
    while turns and not stop():
        running: dict[Future[Report], Turn] = {}
        try:
            with workers(job, size) as pool:
                room = getattr(pool, "room", size + 1)  # one more than there are workers waits, so that none is idle
                while (turns and not stop()) or running:
                    while turns and len(running) < room and not stop():
                        turn = turns.take()
                        running[pool.submit(_grade, turn.submission, before(turn), turn.training)] = turn
                    for future in wait(running, timeout=1, return_when=FIRST_COMPLETED).done:
                        report = future.result()  # before it leaves ``running``: it may raise
                        yield running.pop(future), report
        except BrokenExecutor:  # a worker died; whose fault it was shows when each is graded alone
            yield from ((replace(turn, training=True), _grade_alone(job, turn.submission)) for turn in running.values())


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


def _grade(submission: Submission, known: Report | None = None, training: bool = True) -> Report:
    return worker().grade(submission, known, training=training)
