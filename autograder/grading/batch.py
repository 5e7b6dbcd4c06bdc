"""grade_all(sheet, submissions) -> Reports as they finish: worker processes, resume, and nobody is ever lost.

Each worker process has its own student host. A worker that dies is replaced and its submission graded again; a
submission that kills two workers gets a report that says so, with no score.
"""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import closing
from dataclasses import replace

from autograder.grading.again import untrained
from autograder.grading.engines import executor
from autograder.grading.job import Job
from autograder.grading.turns import Turn, Turns
from autograder.grading.worker import Worker, loaded, worker
from autograder.model import Finding, Report, Result, Status, Submission

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
) -> Generator[Report, None, None]:
    """Begins workers and yields each report as it is done; after ``stop()`` nothing new is begun. Called before this process has
    other threads, it forks its workers. Whoever may not take all of it closes it, with which the workers end.

    Where ``known`` has a report, only the exercises that have changed since are graded. Where ``saved`` gives back what was
    yielded before, trainings come after all else, so that a submission with a training is yielded twice; ``trained`` are those
    of which it has all but the trainings. What ended at a limit while the machine was busy is graded once more at the end, one
    submission at a time.

    Raises:
        UsageError, CourseError: nothing can be graded as the job asks for.
    """
    turns = Turns(submissions, trained, apart=bool(saved) and job.options.training)
    if not (count := len(turns)):  # nothing is started for nobody
        return _nothing()

    def before(turn: Turn) -> Report | None:
        return (saved if saved and turn.training and turns.apart else known)(turn.submission.student)

    if job.engine == "local" and (jobs <= 1 or count <= 1):
        graded = _grade_here(job, turns, stop, before)
    else:
        size = max(1, min(jobs, count))
        graded = _grade_in_workers(job, turns, size, stop, before, workers(job, size))
    return _graded(job, turns, graded, stop)


def _nothing() -> Generator[Report, None, None]:
    yield from ()


def _graded(job: Job, turns: Turns, graded: "Graded", stop: Callable[[], bool]) -> Generator[Report, None, None]:
    hurried: list[Submission] = []
    with closing(graded):
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


Graded = Generator[tuple[Turn, Report], None, None]
Before = Callable[[Turn], Report | None]


def _grade_here(job: Job, turns: Turns, stop: Callable[[], bool], before: Before) -> Graded:
    with Worker(job) as worker:
        while turns and not stop():
            turn = turns.take()
            yield turn, worker.grade(turn.submission, before(turn), training=turn.training)


def _grade_in_workers(
    job: Job, turns: Turns, size: int, stop: Callable[[], bool], before: Before, first: Executor | None = None
) -> Graded:
    while turns and not stop():
        running: dict[Future[Report], Turn] = {}
        try:
            with first or workers(job, size) as pool:
                first = None
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
    sheet = loaded(job)
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


def _grade(submission: Submission, known: Report | None = None, training: bool = True) -> Report:
    return worker().grade(submission, known, training=training)
