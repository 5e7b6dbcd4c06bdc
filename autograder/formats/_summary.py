"""What a report says first: where the points went."""

from dataclasses import dataclass

from autograder.model import Finding, Report, Result, Status


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
        lost = result.possible - (result.score or 0) - pending_points(result)
        if failed is not None and result.score is not None and lost > 0:
            found.append(ToFix(result, failed, round(lost, 6)))
    return tuple(sorted(found, key=lambda fix: -fix.lost)[:most])


def pending_points(thing: Report | Result) -> float:
    """Points that a person may still give."""
    results = thing.results if isinstance(thing, Report) else (thing,)
    findings = [finding for result in results for finding in result.findings]
    return round(sum(f.possible - f.points for f in findings if f.status is Status.PENDING), 6)
