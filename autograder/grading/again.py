"""What of a report of an earlier run still holds, and what has to be graded again."""

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.model import UNTRAINED, Report, Sheet, Submission

if TYPE_CHECKING:
    from autograder.grading.job import Job


def current(report: Report, job: "Job", sheet: Sheet, submission: Submission) -> bool:
    """Whether a report still says what grading again would say."""
    same = dict(report.versions) == job.stamp(sheet, submission)
    return same and usable(report, job, sheet, submission) and not outdated(report, sheet)


def usable(report: Report, job: "Job", sheet: Sheet, submission: Submission) -> bool:
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
