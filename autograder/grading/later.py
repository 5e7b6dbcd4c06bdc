"""A student's own check in points: what counts here, and what is decided when the work is graded, adding up to the exercise's."""

from dataclasses import replace

from autograder.model import Check, Exercise, Finding, Result

HIDDEN = "what only the grader checks"  # of a check whose name is not told beforehand


def with_later(exercise: Exercise, result: Result) -> Result:
    """The result with what is decided later, and with points in hundredths that add up as they are shown."""
    worth = hundredths(exercise)
    shown = {finding.check for finding in result.findings}
    later: dict[str, float] = {}
    for check in exercise.checks:
        if check.name not in shown and worth[check.name]:
            later[_said(check)] = round(later.get(_said(check), 0.0) + worth[check.name], 2)
    findings = tuple(_in_hundredths(finding, worth[finding.check]) for finding in result.findings)
    return replace(result, findings=findings, later=tuple(later.items()))


def _said(check: Check) -> str:
    return check.name if check.stands_in or check.visibility == "public" else HIDDEN


def hundredths(exercise: Exercise) -> dict[str, float]:
    """Each check's points, rounded to hundredths so that they add up: those that lose most are rounded up."""
    unit = 100 * exercise.points / (sum(check.points for check in exercise.checks) or 1)
    exact = {check.name: unit * check.points for check in exercise.checks}
    whole = {name: int(points + 1e-9) for name, points in exact.items()}
    missing = round(sum(exact.values())) - sum(whole.values())
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:missing]:
        whole[name] += 1
    return {name: points / 100 for name, points in whole.items()}


def _in_hundredths(finding: Finding, possible: float) -> Finding:
    full = finding.points >= finding.possible - 1e-6
    return replace(finding, points=possible if full else min(round(finding.points, 2), possible), possible=possible)
