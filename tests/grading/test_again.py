"""What of an earlier report still holds."""

from dataclasses import dataclass, replace

import pytest

from autograder.grading.again import current, outdated, untrained, usable
from autograder.model import (
    UNTRAINED,
    Check,
    Exercise,
    Finding,
    Options,
    Report,
    Result,
    Settings,
    Sheet,
    Status,
    Submission,
)


@dataclass(frozen=True)
class Job:
    """What a report's versions depend on, here the options alone."""

    options: Options
    engine: str = "1"

    def stamp(self, sheet, submission):
        return {"engine": self.engine, "training": str(self.options.training)}


CHECK = Check("c", 1.0, lambda answer: None)
JOB = Job(Options(training=True))
SHEET = Sheet(
    "s",
    "S",
    tuple(Exercise(name, name, 1.0, "code", (name,), (CHECK,), sha256=name * 64) for name in "ab"),
    Settings(),
)
HANDED_IN = Submission("anna", "anna.py", "0" * 64, ())


def result(name, *findings):
    return Result(name, name, 1.0, findings or (Finding("c", Status.PASSED, 1.0, 1.0),), stamp=name * 16)


REPORT = Report(
    "s", "anna", "anna.py", "0" * 64, (result("a"), result("b")), 2.0, versions=JOB.stamp(SHEET, HANDED_IN)
)  # fmt: skip
BROKEN = replace(REPORT, results=(result("a", Finding("c", Status.BROKEN, 0.0, 1.0)), result("b")))


@pytest.mark.parametrize(
    ("report", "job", "holds", "parts_hold"),
    [
        (REPORT, JOB, True, True),
        (replace(REPORT, sha256="1" * 64), JOB, False, False),  # another file
        (REPORT, replace(JOB, engine="2"), False, False),
        (BROKEN, JOB, False, False),
        (replace(REPORT, results=REPORT.results[:1]), JOB, False, False),  # an exercise more
        (replace(REPORT, results=REPORT.results[::-1]), JOB, False, False),
        (replace(REPORT, results=(replace(result("a"), stamp="c" * 16), result("b"))), JOB, False, True),
        # made without trainings, which are wanted now, and the other way round
        (replace(REPORT, versions=replace(JOB, options=Options(training=False)).stamp(None, None)), JOB, False, True),
        (REPORT, replace(JOB, options=Options(training=False)), False, False),
    ],
)
def test_a_report_holds_as_long_as_nothing_it_was_made_of_has_changed(report, job, holds, parts_hold):
    assert usable(report, job, SHEET, HANDED_IN) == parts_hold
    if parts_hold or len(report.results) == 2:
        assert current(report, job, SHEET, HANDED_IN) == holds


def test_the_exercises_that_have_changed_are_named():
    assert outdated(REPORT, SHEET) == []
    assert outdated(replace(REPORT, results=(result("a"), replace(result("b"), stamp="c" * 16))), SHEET) == ["b"]


def test_the_exercises_whose_training_was_left_out_are_named():
    left = Finding("c", Status.PENDING, 0.0, 1.0, message=UNTRAINED)
    assert untrained(REPORT) == []
    assert untrained(replace(REPORT, results=(result("a"), result("b", left)))) == ["b"]
