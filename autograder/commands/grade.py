"""Grades a class into a folder: what is new or changed is graded, everything is written, nothing is lost."""

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from autograder.commands.exports import COURSE
from autograder.commands.gradebooks import excluded, groups_of, publish
from autograder.commands.progress import progress
from autograder.course import find_course, load_stamped, remember
from autograder.formats import text
from autograder.grading import (
    Job,
    Marks,
    Results,
    Store,
    current,
    files,
    grade_all,
    keep,
    marks_in,
    outdated,
    read_marks,
    summary,
    untrained,
    usable,
)
from autograder.intake import Intake, submissions
from autograder.model import Options, Report, Sheet, Submission, UsageError, listed

WHOLE, PART, TRAINED = "graded", "renewed", "trained"  # what is done to a submission, as it is said
EARLY, SHARE = 10.0, 30.0  # seconds from one class page to the next, or so many times what it takes to write one


def grade_class(
    sheet: str,
    paths: Sequence[Path],
    *,
    out: Path,
    jobs: int | None = None,
    fresh: bool = False,
    marks: Path | None = None,
    no_training: bool = False,
    device: str = "auto",
    mnist: Path | None = None,
    course: Path | None = None,
    require_isolation: str | None = None,
    trust: bool = False,
    engine: str = "local",
    groups: Path | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Grades what is new or changed and writes the folder ``out``; returns how many submissions are broken on our side.

    Raises:
        UsageError: no such sheet or path, or another grader is at work in ``out``.
        CourseError: the course or the marks file is wrong.
        InternalError: ``out`` cannot be written; what was graded until then is there.
    """
    console = Console(soft_wrap=True)
    chosen = find_course(course, sheet=sheet, handed_in=paths)
    Console(stderr=True, soft_wrap=True).print(f"Course: {chosen}", markup=False, highlight=False)
    course = chosen.path
    secret = (*(path.resolve() for path in paths), out.resolve())
    loaded = load_stamped(sheet, course, secret)
    for path in paths:
        if not path.exists():
            raise UsageError(
                f"No file or folder {path}; expected a notebook, a .py file, a folder of them or an archive."
            )
    results, jobs = Results(out), jobs or os.cpu_count() or 1
    with files.only_one(out):
        files.remove_drafts(out)
        files.write(out / COURSE, f"{course.resolve()}\n".encode())
        remember(course)
        taken, left_out = _without(submissions(paths, loaded, groups_of(groups, paths)), excluded(paths))
        if left_out:
            note = f"left out, as student_id_exclude in nbgrader_config.py says: {listed(left_out)}."
            console.print(note, markup=False, highlight=False)
        for note in (*(f"ignored: {note}" for note in taken.ignored), *taken.groups):
            console.print(note, markup=False, highlight=False)
        for note in taken.broken:
            console.print(f"could not be read, a fault on our side: {note}", markup=False, highlight=False)
        job = Job(
            course,
            sheet,
            marks=_marks(marks, loaded, taken.submissions, results),
            options=Options(
                not no_training, device, str(mnist.absolute()) if mnist else ""
            ),  # workers may begin elsewhere
            secret=secret,
            require=require_isolation,
            trust=trust,
            engine=engine,
            several=jobs > 1,
        )
        keep(job, loaded)
        results.begin()
        broken = _grade(job, loaded, taken.submissions, results, fresh, jobs, stop, console)
        for note in publish(paths, loaded, results):
            console.print(note, markup=False, highlight=False)
        if not stop():
            results.end()
        results.close()
        return len(taken.broken) + broken


def _without(taken: Intake, excluded: Collection[str]) -> tuple[Intake, list[str]]:
    """What was handed in without that of some students of an nbgrader course, and who of them did."""
    out = [s.student for s in taken.submissions if s.origin.platform == "nbgrader" and s.origin.user in excluded]
    return replace(taken, submissions=tuple(s for s in taken.submissions if s.student not in out)), out


def _grade(
    job: Job,
    sheet: Sheet,
    submissions: Sequence[Submission],
    results: Results,
    fresh: bool,
    jobs: int,
    stop: Callable[[], bool],
    console: Console,
) -> int:
    known = {} if fresh else results.summaries()
    kinds = {s.student: kind for s in submissions if (kind := _todo(known.get(s.student), job, sheet, s, results))}
    del known
    console.print(_plan(len(kinds), len(submissions) - len(kinds)), markup=False, highlight=False)
    mixed = _mixed([[s for s in submissions if kinds.get(s.student) == kind] for kind in (WHOLE, PART)])
    trained = [s for s in submissions if kinds.get(s.student) == TRAINED]
    expected = {kind: Counter(kinds.values())[kind] for kind in (WHOLE, PART, TRAINED)}
    graded = grade_all(
        job,
        mixed,
        jobs=jobs,
        stop=stop,
        known=(lambda student: None) if fresh else results.read,
        saved=results.read if len(kinds) > 1 else None,
        trained=trained,
    )  # before the progress, which is a thread
    with closing(graded), progress(expected, console, workers=jobs) as tick:
        early = _Early(results, sheet, console)
        for report in graded:
            results.save(report, sheet, job.marks)
            later = TRAINED if job.options.training and untrained(report) else ""
            tick(report.student, kinds[report.student], seconds=report.took, brings=later)
            kinds[report.student] = later or kinds[report.student]
            early.look()
    marked = [*results.publish(sheet, job.marks).values()]
    _conclude(marked, sheet, results, console, left=stop())
    return summary(marked).get("broken", 0)


class _Early:
    """The class page while grading goes on: with the first report, then now and again."""

    def __init__(self, results: Results, sheet: Sheet, console: Console) -> None:
        self.results, self.sheet, self.console = results, sheet, console
        self.due, self.told = 0.0, False

    def look(self) -> None:
        """Writes the page if it is due; a large class's takes seconds, and comes less often."""
        if (start := time.monotonic()) < self.due:
            return
        self.results.finish(self.sheet)
        self.due = time.monotonic() + max(EARLY, SHARE * (time.monotonic() - start))
        if not self.told:
            self.console.print(f"Class page, renewed on the way: {self.results.page}", markup=False, highlight=False)
            self.told = True


def _todo(report: Report | None, job: Job, sheet: Sheet, submission: Submission, results: Results) -> str:
    """What has to be done for a submission, "" for nothing: all, the exercises that have changed, or the trainings alone."""
    if report is None or not usable(report, job, sheet, submission):
        return WHOLE
    if not current(report, job, sheet, submission):
        return PART if outdated(report, sheet) else TRAINED
    return "" if results.has_page(report) else PART


def _mixed(parts: Sequence[Sequence[Submission]]) -> list[Submission]:
    """One list in which each of the parts is spread evenly, so that what each costs is soon known."""
    placed = [((i + 0.5) / len(part), submission) for part in parts for i, submission in enumerate(part)]
    return [submission for _, submission in sorted(placed, key=lambda pair: pair[0])]


def _plan(todo: int, skipped: int) -> str:
    unchanged = f"; {skipped} unchanged since the last run" if skipped else ""
    return f"Grading {todo} submission{'' if todo == 1 else 's'}{unchanged}."


def _conclude(reports: list[Report], sheet: Sheet, results: Results, console: Console, *, left: bool) -> None:
    text.show_class(reports, console, sheet)
    if left:
        console.print("Stopped early: run the same command again to grade the rest.", markup=False)
    console.print(f"Class page: {results.page}", markup=False, highlight=False)


def _marks(path: Path | None, sheet: Sheet, submissions: Sequence[Submission], results: Results) -> Marks:
    """Marks of earlier runs and of ``path``, bound to the answers as they are now, and kept for the next run."""
    if path is None:
        return marks_in(results.marks)
    new = read_marks(path, sheet, [submission.student for submission in submissions])
    with Store(results.marks) as store:
        bound = store.marks().bind(new, submissions, sheet)
        store.decide(bound.rows, marker=path.name, said=f"from {path.name}")
        return store.marks()
