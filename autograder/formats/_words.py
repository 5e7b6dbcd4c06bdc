"""What the outputs call things: verdicts, points, titles."""

from autograder.model import IN_PROGRESS, NOT_STARTED, Finding, Report, Result, Sheet, Status

WORD = {
    Status.PASSED: "passed",
    Status.FAILED: "to fix",
    Status.SKIPPED: "skipped",
    Status.PENDING: "to be read",
    Status.BROKEN: "our fault",
}
SYMBOL = {
    Status.PASSED: "✓",
    Status.FAILED: "✗",
    Status.SKIPPED: "–",
    Status.PENDING: "…",
    Status.BROKEN: "!",
}
BEGUN = {NOT_STARTED: ("○", "not started"), IN_PROGRESS: ("◐", "in progress")}
"""Sign and words for an answer that a student's own check does not hold against the tests yet."""

REPORT_WORD = {
    "graded": "graded",
    "pending": "some answers are still to be read",
    "unreadable": "nothing could be graded",
    "broken": "not graded, something failed on our side",
}


def points(value: float | None) -> str:
    """A score as people write it: at most two decimals, none without need; "–" for None."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def unit(value: float) -> str:
    return "point" if points(value) == "1" else "points"


def title(sheet: Sheet | None, report: Report | None = None) -> str:
    """The sheet's title, or its id made readable."""
    if sheet is not None:
        return sheet.title
    return report.sheet.replace("_", " ").capitalize() if report else ""


def state(result: Result) -> Status:
    """One word for an exercise, the gravest of its findings: our fault, to fix, to be read, skipped, passed."""
    statuses = {finding.status for finding in result.findings}
    for status in (Status.BROKEN, Status.FAILED, Status.PENDING, Status.SKIPPED):
        if status in statuses:
            return status
    return Status.PASSED


def begun(thing: Result | Finding) -> tuple[str, str] | None:
    """The sign and words of an exercise that was not started or is in progress; None for any other."""
    findings = thing.findings if isinstance(thing, Result) else (thing,)
    return next((BEGUN[f.mistake] for f in findings if f.mistake in BEGUN and f.status is Status.SKIPPED), None)


def spoken(slug: str) -> str:
    """A mistake's slug as words: "kl_wrong_way+half_missing" -> "kl wrong way, half missing"."""
    return slug.replace("_", " ").replace("-", " ").replace("+", ", ")
