"""The course grades itself: what each labelled answer of an exercise earns and is called, and that every check catches something.

``autograder test`` asks this of a whole sheet, in worker processes; ``autograder mistakes`` shows it as a table.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field, replace

from autograder.grading.batch import workers
from autograder.grading.grader import COURSE_FAULT, Grader
from autograder.grading.job import Job
from autograder.grading.recognise import labelled
from autograder.grading.worker import Worker, worker
from autograder.model import AGAIN, CourseError, Exercise, Finding, Result, Sheet, Status, Wrong

STARTER, SOLUTION, RIGHT, WRONG, CHECKS = "starter", "solution", "right/", "wrong/", "checks"
_SENTENCE = (".", "?", "!", ")")
ROUNDING = 1e-5  # of points


@dataclass(frozen=True)
class Row:
    """One labelled answer and what became of it. ``miss`` says what is not as it should be, "" if all is; ``failed`` are the
    names of the checks that the answer failed."""

    exercise: str
    label: str
    expected: str
    found: str
    miss: str
    failed: frozenset[str] = field(default=frozenset(), compare=False)


def labels(exercise: Exercise) -> list[str]:
    """What ``row`` can be asked of an exercise: starter, solution, unusual right answers, wrong ones."""
    rights = [RIGHT + stem for stem in exercise.right]
    return [STARTER, SOLUTION, *rights, *(WRONG + wrong.slug for wrong in exercise.wrong)]


def row(grader: Grader, exercise: Exercise, label: str) -> Row:
    """Grades one labelled answer: the starter earns nothing, a right answer everything, a wrong one fails the check that it
    names, is called by its name, and keeps its credit."""
    if label == STARTER:
        return _starter(grader, exercise)
    if label.startswith(WRONG):
        return _wrong(grader, exercise, next(w for w in exercise.wrong if WRONG + w.slug == label))
    return _right(
        grader, exercise, label, exercise.solution if label == SOLUTION else exercise.right[label.removeprefix(RIGHT)]
    )


def uncaught(exercise: Exercise, rows: Iterable[Row]) -> Row:
    """Whether each check failed some wrong answer among ``rows``; what a person reads needs none."""
    caught = {name for one in rows if one.label.startswith(WRONG) for name in one.failed}
    idle = [] if exercise.rubric else [check.name for check in exercise.checks if check.name not in caught]
    miss = (
        f"no wrong answer fails {', '.join(map(repr, idle))}; add one to wrong/, or leave the check out" if idle else ""
    )
    return Row(exercise.id, CHECKS, "each catches something", f"{len(exercise.checks) - len(idle)} do", miss)


def unsaid(sheet: Sheet, unlisted: Sequence[str] = ()) -> Iterator[Row]:
    """What sheet.toml leaves out and students would miss: the sheet's title, an exercise's item and task, folders that are
    ``unlisted``."""
    for folder in unlisted:
        yield Row(
            folder,
            "sheet.toml",
            "listed",
            "not listed",
            "sheet.toml does not list this folder, so that no student sees it; "
            f'add [[exercise]] with id = "{folder}", or move it elsewhere',
        )
    if sheet.title in ("", sheet.id):
        yield Row("sheet.toml", "title", "a title", "none", 'students read it above all else; add title = "..."')
    for exercise in sheet.exercises:
        if not exercise.item.strip():
            yield Row(
                exercise.id,
                "item",
                "its number on the sheet",
                "none",
                'sheet.toml has no item for it; add item = "..."',
            )
        if not exercise.task.strip():
            yield Row(
                exercise.id, "README.md", "the task", "none", "README.md says nothing; it is what students are asked"
            )


def check_sheet(job: Job, exercises: Sequence[Exercise], jobs: int) -> Iterator[Row]:
    """The rows of all labelled answers as they are done, in ``jobs`` processes; behind an exercise's last one, its checks'.

    Raises:
        UsageError, CourseError, InternalError: nothing can be run as the job asks for.
    """
    done: dict[str, list[Row]] = {exercise.id: [] for exercise in exercises}
    asked = [(exercise, label) for exercise in exercises for label in labels(exercise)]
    for of, found in _rows(job, asked, jobs):
        done[of.id].append(found)
        yield found
        if len(done[of.id]) == len(labels(of)):
            yield uncaught(of, done[of.id])


def _rows(job: Job, asked: Sequence[tuple[Exercise, str]], jobs: int) -> Iterator[tuple[Exercise, Row]]:
    if jobs == 1:
        with Worker(job) as here:
            yield from (
                (exercise, row(here.grader, here.sheet.exercise(exercise.id), label)) for exercise, label in asked
            )
        return
    with workers(job, min(jobs, len(asked))) as pool:
        futures = {pool.submit(_row, exercise.id, label): exercise for exercise, label in asked}
        yield from ((futures[future], future.result()) for future in as_completed(futures))


def _row(exercise: str, label: str) -> Row:
    here = worker()
    return row(here.grader, here.sheet.exercise(exercise), label)


# ------------------------------------------------------------------ one answer


def _result(grader: Grader, exercise: Exercise, label: str, source: str) -> Result:
    found = grader.result(exercise, labelled(source, label, exercise))
    for finding in found.findings:
        if finding.status is Status.BROKEN and finding.message.startswith(COURSE_FAULT):  # true of every answer
            raise CourseError(f"{exercise.id}, {finding.check!r}: {finding.message.removeprefix(COURSE_FAULT)}")
    return found


def _starter(grader: Grader, exercise: Exercise) -> Row:
    found = _result(grader, exercise, STARTER, exercise.starter)
    return Row(exercise.id, STARTER, "0 points", _points(found), "" if found.score == 0 else f"earns {_points(found)}")


def _right(grader: Grader, exercise: Exercise, label: str, source: str) -> Row:
    found = _result(grader, exercise, label, source)
    if exercise.rubric:
        pending = all(f.status is Status.PENDING for f in found.findings)
        miss = "" if pending else _first_failure(found)
        return Row(exercise.id, label, "for a person", "for a person" if pending else _points(found), miss)
    rehearsed = _unrehearsed(grader, exercise, label, source)
    full = found.score is not None and abs(found.score - exercise.points) < ROUNDING
    passed = all(f.status is Status.PASSED for f in found.findings)
    return Row(
        exercise.id,
        label,
        f"{exercise.points:g} points",
        _points(found),
        rehearsed if full and passed else _first_failure(found) or f"earns {_points(found)}",
    )


def _unrehearsed(grader: Grader, exercise: Exercise, label: str, source: str) -> str:
    """Why a right answer fails a check that the student's pack makes in place of one of these, "" if it does not."""
    made = tuple(replace(check.instead, needs=()) for check in exercise.checks if check.instead)
    if not made:
        return ""
    failure = _first_failure(_result(grader, replace(exercise, checks=made), label, source))
    return f"fails in the student's pack: {failure}" if failure else ""


def _wrong(grader: Grader, exercise: Exercise, wrong: Wrong) -> Row:
    found = _result(grader, exercise, f"{WRONG}{wrong.slug}", wrong.source)
    failed = {f.check: f for f in found.findings if f.status is Status.FAILED}
    credit = exercise.points * wrong.credit
    named = next((f.mistake for f in found.findings if f.mistake), None)
    skipped = [f.check for f in found.findings if f.status is Status.SKIPPED]
    misses = list(_misses(exercise, wrong, failed, skipped))
    if found.score is None or abs(found.score - credit) > ROUNDING:
        said = f"earns {_points(found)}, where credit: {wrong.credit:g} leaves {credit:g}"
        misses.append(said + ("" if failed or found.score else f" ({_first_failure(found)})"))
    return Row(
        exercise.id,
        f"{WRONG}{wrong.slug}",
        f"{wrong.mistake}, {credit:g} points",
        f"{named or 'unrecognised'}, {_points(found)}",
        "; ".join(misses),
        frozenset(failed),
    )


def _misses(exercise: Exercise, wrong: Wrong, failed: dict[str, Finding], skipped: Sequence[str]) -> Iterator[str]:
    if wrong.name.endswith("."):
        yield f"its name, {wrong.name!r}, is no sentence and ends without a full stop"
    if wrong.fails not in failed:
        others = f"; it fails {', '.join(map(repr, failed))}" if failed else ""
        asked = "passes" if wrong.fails not in skipped else "fails what is needed before anything is asked about"
        yield f"{asked} {wrong.fails!r}{others}"
        return
    finding = failed[wrong.fails]
    if finding.mistake != wrong.mistake:
        named = f"recognised as {finding.mistake} (if that is what it is, write mistake: {finding.mistake})"
        yield f"is {named if finding.mistake else 'not recognised'}: {finding.message}"
    elif wrong.tell and finding.message != wrong.tell and not _measures(exercise, wrong.fails):
        yield _unsaid(wrong, finding, failed)
    if not finding.message and not wrong.tell:
        yield f"students read nothing: {wrong.fails!r} has no name for it by itself; write `tell` in place of `mistake`"
    elif not finding.message.endswith(_SENTENCE):
        yield f"students read {finding.message!r}, which does not end as a sentence does"


def _unsaid(wrong: Wrong, finding: Finding, failed: dict[str, Finding]) -> str:
    """Why students do not read the tell."""
    if not finding.message.startswith(AGAIN):
        return f"its tell is not what students read, which is {finding.message!r}"
    first = next(check for check, one in failed.items() if not one.message.startswith(AGAIN))
    return f"students read it at {first!r}, which comes before {wrong.fails!r} and fails as well; write fails: {first}"


def _measures(exercise: Exercise, name: str) -> bool:
    """Whether a check's words hold what it measured, or what it alone knows."""
    check = next(check for check in exercise.checks if check.name == name)
    return check.measures or check.record is None


def _points(found: Result) -> str:
    return "broken" if found.score is None else f"{found.score:g} points"


def _first_failure(found: Result) -> str:
    return next((f"{f.check}: {f.message}" for f in found.findings if f.status is not Status.PASSED), "")
