"""What a report says first: where the points went."""

from dataclasses import dataclass, replace

from autograder.formats._once import once
from autograder.model import Detail, Finding, Report, Result, Status


@dataclass(frozen=True)
class ToFix:
    """The first failed check of an exercise, and the points the exercise lost."""

    result: Result
    finding: Finding
    lost: float


def fix_first(report: Report, most: int = 3) -> tuple[ToFix, ...]:
    """The exercises that lost most, the greatest loss first, in the sheet's order where losses are equal."""
    found = []
    for result in report.results:
        failed = next((finding for finding in result.findings if finding.status is Status.FAILED), None)
        lost = result.possible - (result.score or 0) - pending_points(result) - later_points(result)
        if failed is not None and result.score is not None and lost > 0:
            found.append(ToFix(result, failed, round(lost, 6)))
    return tuple(sorted(found, key=lambda fix: -fix.lost)[:most])


def pending_points(thing: Report | Result) -> float:
    """Points that a person may still give."""
    results = thing.results if isinstance(thing, Report) else (thing,)
    return round(sum(gap for result in results for gap in _pending(result.findings)), 6)


@once
def _pending(findings: tuple[Finding, ...]) -> tuple[float, ...]:
    return tuple(f.possible - f.points for f in findings if f.status is Status.PENDING)


def later_points(thing: Report | Result) -> float:
    """Points of checks that were not made: those that a student's own check leaves to the grade. 0 in a grade."""
    results = thing.results if isinstance(thing, Report) else (thing,)
    return round(sum(r.possible - sum(f.possible for f in r.findings) for r in results), 4) + 0.0


def told_once(report: Report) -> Report:
    """The report without repeats: details that several checks of an exercise share stay with the first one to fix,
    or with the first of all."""
    return replace(report, results=tuple(replace(r, findings=_told_once(r.findings)) for r in report.results))


@once
def _told_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    order = sorted(range(len(findings)), key=lambda i: findings[i].status is not Status.FAILED)  # stable
    told: list[Detail] = []
    kept: dict[int, Finding] = {}
    for i in order:
        detail = tuple(detail for detail in findings[i].detail if detail not in told)
        told += detail
        kept[i] = findings[i] if len(detail) == len(findings[i].detail) else replace(findings[i], detail=detail)
    return tuple(kept[i] for i in range(len(findings)))
