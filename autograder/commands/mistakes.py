"""The course grades itself: every labelled answer of a sheet, what it should earn and what it is recognised as."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from autograder.commands.pairs import pairs
from autograder.course import find_course, load_sheet
from autograder.grading import Grader, labelled, start_host
from autograder.model import Exercise, Result, Status, Wrong


@dataclass(frozen=True)
class Row:
    """One labelled answer and what became of it. ``miss`` says what is not as it should be; "" if all is."""

    exercise: str
    label: str
    expected: str
    found: str
    miss: str


def rows(grader: Grader, exercises: Sequence[Exercise]) -> Iterator[Row]:
    """Grades starter, solution, right and wrong answers of each exercise."""
    for exercise in exercises:
        yield _starter(grader, exercise)
        yield _right(grader, exercise, "solution", exercise.solution)
        for stem, source in exercise.right.items():
            yield _right(grader, exercise, f"right/{stem}", source)
        for wrong in exercise.wrong:
            yield _wrong(grader, exercise, wrong)


def result(grader: Grader, exercise: Exercise, label: str, source: str) -> Result:
    return grader.grade(labelled(source, label, exercise), [exercise.id]).results[0]


def _starter(grader: Grader, exercise: Exercise) -> Row:
    found = result(grader, exercise, "starter", exercise.starter)
    return Row(exercise.id, "starter", "0 points", _points(found), "" if found.score == 0 else "earns points")


def _right(grader: Grader, exercise: Exercise, label: str, source: str) -> Row:
    found = result(grader, exercise, label, source)
    pending = any(f.status is Status.PENDING for f in found.findings)
    if pending:
        return Row(exercise.id, label, "for a person", "for a person", "" if exercise.rubric else "is left to a person")
    full = found.score is not None and abs(found.score - exercise.points) < 1e-6
    return Row(exercise.id, label, f"{exercise.points:g} points", _points(found), "" if full else _first_failure(found))


def _wrong(grader: Grader, exercise: Exercise, wrong: Wrong) -> Row:
    found = result(grader, exercise, f"wrong/{wrong.slug}", wrong.source)
    names = [f.mistake for f in found.findings if f.mistake]
    credit = exercise.points * wrong.credit
    misses = []
    if not any(f.check == wrong.fails and f.status is Status.FAILED for f in found.findings):
        misses.append(f"passes {wrong.fails!r}")
    if wrong.mistake not in names:
        misses.append("is not recognised")
    if found.score is None or abs(found.score - credit) > 1e-6:
        misses.append(f"earns {_points(found)}")
    expected = f"{wrong.mistake}, {credit:g} points"
    said = f"{names[0] if names else 'unrecognised'}, {_points(found)}"
    return Row(exercise.id, f"wrong/{wrong.slug}", expected, said, "; ".join(misses))


def _points(found: Result) -> str:
    return "broken" if found.score is None else f"{found.score:g} points"


def _first_failure(found: Result) -> str:
    return next((f"{f.check}: {f.message}" for f in found.findings if f.status is not Status.PASSED), "")


def table_of_pairs(sheet: str, wanted: Sequence[str], course: Path | None) -> int:
    """Prints what is read back from answers with two labelled slips; 0 if each has a name, else 1."""
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    exercises = [loaded.exercise(id) for id in wanted] or [e for e in loaded.exercises if e.kind == "code"]
    console = Console(soft_wrap=True)
    total = both = unnamed = 0
    with start_host(loaded.settings, secret=(course,)) as host, Grader(loaded, host) as grader:
        for pair in pairs(grader, exercises):
            total, both, unnamed = total + 1, both + pair.both, unnamed + (not pair.found)
            verdict = "both" if pair.both else pair.found or "UNNAMED"
            console.print(
                f"{pair.exercise:22} {pair.first:44} {pair.second:44} {verdict}", markup=False, highlight=False
            )
            console.print(f"{'':22} {pair.message}", markup=False, highlight=False)
    others = total - both - unnamed
    console.print(f"{total} answers with two slips: {both} read back as both, {others} as others, {unnamed} unnamed.")
    return 1 if unnamed else 0


def table(sheet: str, wanted: Sequence[str], course: Path | None) -> int:
    """Prints the table; 0 if nothing is missed, else 1."""
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    exercises = [loaded.exercise(id) for id in wanted] or loaded.exercises
    console = Console(soft_wrap=True)
    missed = total = 0
    with start_host(loaded.settings, secret=(course,)) as host, Grader(loaded, host) as grader:
        for row in rows(grader, exercises):
            total += 1
            missed += bool(row.miss)
            verdict = f"MISS: {row.miss}" if row.miss else "ok"
            line = f"{row.exercise:22} {row.label:40} {row.expected:44} {row.found:44} {verdict}"
            console.print(line, markup=False, highlight=False)
    console.print(f"{total} labelled answers, {missed} missed.")
    return 1 if missed else 0
