"""Points in words: what is earned, what is open, and what only the grade decides. Nothing open is said as if it were lost."""

from autograder.formats._plain import plain
from autograder.formats._summary import later_points, pending_points
from autograder.formats._words import REPORT_WORD, begun, points, state, unit
from autograder.model import Finding, Report, Result, Status


def in_all(report: Report) -> str:
    """A report's points in one line."""
    later = later_points(report)
    if not later or report.score is None:
        return f"{points(report.score)} of {points(report.possible)} points ({REPORT_WORD[report.status]})"
    open_, here = pending_points(report), report.possible - later
    said = f"{points(report.score)} of the {points(here)} {unit(here)} that {_are(here)} decided here"
    waits = f"; {points(open_)} of them {_are(open_)} given by a person" if open_ else ""
    when_graded = f"{points(later)} of {points(report.possible)} points {_are(later)} decided when your work is graded."
    return f"{said}{waits}. {when_graded}" if points(here) != "0" else when_graded


def of_exercise(result: Result) -> str:
    """An exercise's points in one line."""
    later, worst = later_points(result), state(result)
    if far := begun(result):
        return f"{far[1]} ({points(result.possible)} {unit(result.possible)})"
    if not later or result.score is None:
        open_ = pending_points(result)
        waits = f"; up to {points(open_)} more when a person has read it" if open_ and result.score is not None else ""
        return f"{points(result.score)} of {points(result.possible)}{waits}"
    decided = f"{points(later)} of {points(result.possible)} {unit(result.possible)} {_are(later)} decided when graded"
    if points(later) == points(result.possible):
        decided = f"its {points(later)} {unit(later)} {_are(later)} decided when graded"
    if worst is Status.PASSED:
        return f"all public checks pass; {decided}"
    here = result.possible - later
    return f"{points(result.score)} of {points(here)}; {decided}" if points(here) != "0" else decided


def decided_later(result: Result) -> str:
    """What of an exercise counts when it is graded, and for how many points, in one line; "" for nothing."""
    if not result.later:
        return ""
    said = "; ".join(f"{plain(name)} ({points(worth)} {unit(worth)})" for name, worth in result.later)
    return f"Counts when your work is graded: {said}."


def _are(value: float) -> str:
    return "is" if points(value) == "1" else "are"


def worth(finding: Finding) -> str:
    """What a check is worth, in brackets. A check that passes beside a recognised mistake earns its points with the mend."""
    if not finding.possible:
        return ""
    if finding.status is Status.PASSED and finding.points < finding.possible - 1e-4:
        return f" ({points(finding.possible)} once the mistake in this exercise is fixed)"
    if finding.status is Status.PENDING:
        return f" (up to {points(finding.possible)})"
    return f" ({points(finding.points)} of {points(finding.possible)})"
