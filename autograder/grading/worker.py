"""One process that grades: a sheet, a student host and a grader, for one submission after another."""

import time
from dataclasses import replace
from pathlib import Path

from autograder.course import load_stamped
from autograder.grading.again import outdated, untrained, usable
from autograder.grading.failures import failures_of
from autograder.grading.grader import Grader
from autograder.grading.hosting import UNWALLED, start_host
from autograder.grading.job import Job, made_with
from autograder.model import CourseError, Options, Report, Sheet, Submission, UsageError
from autograder.training import cache_directory

_loaded: dict[tuple[str, Path, tuple[Path, ...]], Sheet] = {}


def keep(job: Job, sheet: Sheet) -> None:
    """The job's sheet is this, as this process has loaded it: for its own worker, and for those that are forked from it."""
    _loaded[job.sheet, job.course, job.secret] = sheet


def loaded(job: Job) -> Sheet:
    """The job's sheet, which is loaded if it is not kept."""
    kept = _loaded.get((job.sheet, job.course, job.secret))
    return kept or load_stamped(job.sheet, job.course, job.secret)


def prepare(job: Job) -> None:
    """Keeps the sheet with its examples drawn, so that processes forked from here need not draw them."""
    keep(job, loaded(job))
    for exercise in loaded(job).exercises:
        for check in exercise.checks:
            if check.asks:
                check.asks()


class Worker:
    """A sheet, a student host and a grader; a context manager."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> "Worker":
        sheet = loaded(self.job)
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
            many=sheet.measures,
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


# ------------------------------------------------------------------ this process as one that grades


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
