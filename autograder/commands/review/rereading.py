"""One text judged again as a person read it, at once and without grading the file: no code of the student's has a part in it."""

from dataclasses import dataclass, replace
from typing import cast

from autograder.commands.review.desk import Desk
from autograder.grading import Grader
from autograder.model import Exercise, Settings, Submission
from autograder.student import Host


@dataclass(frozen=True)
class _NoHost:
    """All that judging a text takes of a host: it starts no process."""

    settings: Settings


def reread(desk: Desk, exercise: Exercise, student: str) -> None:
    """Writes the report anew with the readings that are in the store now."""
    report, marks = desk.reports[student], desk.store.marks()
    texts = {exercise.id: next(result.answer for result in report.results if result.id == exercise.id)}
    submission = Submission(student, report.path, report.sha256, texts=texts)
    with Grader(desk.sheet, cast("Host", _NoHost(desk.sheet.settings)), marks=marks) as grader:
        result = grader.result(exercise, submission)
    results = tuple(result if old.id == exercise.id else old for old in report.results)
    versions = {name: version for name, version in report.versions.items() if name != "read"}
    stamp = marks.stamp(student)
    report = replace(report, results=results, versions={**versions, **({"read": stamp} if stamp else {})})
    desk.results.save(report, desk.sheet, marks)
    desk.forget(exercise)
