"""Manual scores and comments of a gradebook, in both directions: what people entered in Formgrader, and what they decided in a
review. What was written last is remembered, so that a change made in Formgrader since is told from our own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.grading import WHOLE, Key, Mark, Marks, Store, answered
from autograder.model import Report, Result, Sheet, Status
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.course_folder import Course, refuse_old
from autograder.nbgrader.gradebook import Entries, publish, student_of, the_assignment

NOTHING = (None, "")


def exchange(root: Path, sheet: Sheet, reports: Sequence[Report], store: Store) -> list[str]:
    """Takes what is new in the gradebook of ``root`` into the store, then writes reports and marks there; returns sentences.

    Args:
        reports: as the program found them.

    Raises:
        UsageError, InternalError: see ``publish``.
    """
    place = str(root)
    known = store.published(place)
    changed = {
        key for key, entry in entered(root, sheet, reports).items() if entry[:2] not in (known.get(key), NOTHING)
    }
    manual = _manual(reports, store.marks(), sheet)
    notes = publish(root, sheet, reports, {key: entry for key, entry in manual.items() if key not in changed})
    there = entered(root, sheet, reports)  # now it says of which answers a person has to look again
    new = {key: there[key][:2] for key in changed if not there[key][2] and there[key][0] is not None}
    store.decide(_marks(new, sheet, reports), marker="Formgrader", said=f"from {root.name}/gradebook.db")
    store.keep_published(place, {**{key: entry for key, entry in manual.items() if key not in changed}, **new})
    return [*([f"{len(new)} marks given in Formgrader were taken over."] if new else []), *notes]


def entered(
    root: Path, sheet: Sheet, reports: Sequence[Report]
) -> dict[tuple[str, str], tuple[float | None, str, bool]]:
    """(student, exercise) -> manual points of the exercise's, comment, and whether a person has to look (again)."""
    course = Course.at(root)
    refuse_old(course)
    names = {student_of(report): report.student for report in reports}
    points = {exercise.id: exercise.points for exercise in sheet.exercises}
    found: dict[tuple[str, str], tuple[float | None, str, bool]] = {}
    with Gradebook(course.database, course.directory.course_id or "default_course") as gradebook:
        assignment, notebook = the_assignment(gradebook, sheet)
        for handed_in in gradebook.assignment_submissions(assignment):
            student = names.get(handed_in.student.id)
            own = next((nb for nb in handed_in.notebooks if nb.name == notebook), None)
            if student is None or own is None:
                continue
            comments = {remark.name: remark.manual_comment or "" for remark in own.comments}
            for grade in own.grades:
                id = exercise_of(grade.name)
                if id in points and grade.max_score:
                    score = grade.manual_score
                    score = None if score is None else round(score * points[id] / grade.max_score, 6)
                    found[student, id] = (score, comments.get(id, ""), bool(grade.needs_manual_grade))
    return found


def _marks(entries: Entries, sheet: Sheet, reports: Sequence[Report]) -> dict[Key, Mark]:
    there = {(report.student, result.id): (report, result) for report in reports for result in report.results}
    made = {}
    for (student, id), (points, comment) in entries.items():
        if (student, id) in there and points is not None:
            text = answered(*there[student, id], sheet.exercise(id))
            made[student, id, WHOLE] = Mark(points, comment, text)
    return made


def _manual(reports: Sequence[Report], marks: Marks, sheet: Sheet) -> Entries:
    """What people decided, where nothing of the exercise waits any more."""
    made: dict[tuple[str, str], tuple[float | None, str]] = {}
    for report in reports:
        marked = marks.over(report, sheet)
        for found, now in zip(report.results, marked.results, strict=True):
            given = marks.given(report, found, sheet.exercise(found.id))
            waits = any(finding.status in (Status.PENDING, Status.BROKEN) for finding in now.findings)
            if WHOLE in given:
                made[report.student, found.id] = (given[WHOLE].points, given[WHOLE].comment)
            elif given and not waits:
                made[report.student, found.id] = (now.score, _said(found, now))
    return made


def _said(found: Result, now: Result) -> str:
    pairs: Mapping[str, str] = {f.check: f.message for f in found.findings}
    return "\n\n".join(f.message for f in now.findings if f.message and f.message != pairs.get(f.check))
