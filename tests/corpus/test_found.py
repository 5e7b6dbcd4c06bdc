"""Hand-ins whose answers are hard to find get what a fair tutor gives for them.

Trainings are left out here: what is found, and from where, does not depend on them.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import Grader
from autograder.intake import submissions
from autograder.model import Options, Report, Result, Sheet, Status
from autograder.student import Host
from tests.sheets import bundled

CASES = sorted(path for path in Path(__file__).with_name("found").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return bundled("generative_models")


@pytest.fixture(scope="module")
def grader(sheet: Sheet) -> Iterator[Grader]:
    with Host(sheet.settings) as host, Grader(sheet, host, options=Options(training=False)) as grader:
        yield grader


def says(result: Result) -> str:
    return " ".join(f"{f.message} {f.hint}" for f in result.findings)


def meets(result: Result, expectation: str) -> bool:
    """Whether one exercise's result is what one alternative of an expectation asks for."""
    share, _, words = expectation.partition("named: ")
    if words and words.lower() not in says(result).lower():
        return False
    statuses = {f.status for f in result.findings}
    score = sum(f.points or 0 for f in result.findings)
    match share.strip():
        case "":
            return True
        case "person":
            return Status.PENDING in statuses and Status.FAILED not in statuses and bool(result.answer.strip())
        case "full":
            untrained = Status.PENDING if result.id.endswith("_training") else Status.PASSED
            return statuses <= {Status.PASSED, untrained}
        case "zero":
            return score == 0 and statuses <= {Status.FAILED, Status.SKIPPED}
        case fraction:
            over, under = map(int, fraction.split("/"))
            return abs(score - result.possible * over / under) < 1e-6


def unmet(report: Report, expected: dict[str, str]) -> list[str]:
    results = {result.id: result for result in report.results}
    return [
        f"{exercise}: {expectation!r} is wanted, found {shown(results[exercise])}"
        for exercise, expectation in expected.items()
        if not any(meets(results[exercise], part) for part in re.split(r" or ", expectation))
    ]


def shown(result: Result) -> str:
    return f"{[(f.status.value, f.points, f.message[:160]) for f in result.findings]} on {result.answer[:60]!r}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hand_in_gets_what_a_fair_tutor_gives(case: Path, sheet: Sheet, grader: Grader) -> None:
    expect = tomllib.loads((case / "expect.toml").read_text(encoding="utf-8"))
    taken = {submission.student: submission for submission in submissions([case], sheet).submissions}
    assert set(taken) == set(expect["students"])
    for student, expected in expect["students"].items():
        report = grader.grade(taken[student])
        assert unmet(report, expected) == [], "\n".join(report.notes)
