"""Who reads a report. Students see every reason for a lost point, but nothing that was made of what hidden calls were given or
gave, nor the inside of a fault of ours, nor the model answer to a text that nobody has read yet."""

from dataclasses import replace
from typing import Literal

from autograder.formats._once import once
from autograder.model import Criterion, Detail, Finding, Report, Status

Audience = Literal["student", "instructor"]

OUR_FAULT = "Something failed on our side while this was checked. It costs you no points; your instructor has to look."
HIDDEN = {
    Status.FAILED: "This check is hidden: what it tried is not shown.",
    Status.PENDING: "These points are open; they are known when a person has looked at this.",
}
"""What is said of a hidden check where the course wrote nothing."""


def seen_by(report: Report, audience: Audience) -> Report:
    """The report as ``audience`` may see it."""
    if audience == "instructor":
        return report
    results = tuple(replace(result, findings=_for_student(result.findings)) for result in report.results)
    return replace(report, results=results, seconds={})  # a hidden call may sleep as long as it was told to


@once
def _for_student(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(map(_finding_for_student, findings))


@once
def _finding_for_student(finding: Finding) -> Finding:
    if finding.status is Status.BROKEN:
        return _bare(finding, OUR_FAULT)
    if finding.visibility == "hidden":
        return _bare(finding, finding.tell or HIDDEN.get(finding.status, ""))
    if finding.status is Status.PENDING:
        return replace(finding, detail=tuple(map(_without_model_answer, finding.detail)))
    return finding


def _bare(finding: Finding, message: str) -> Finding:
    """The check's name, what became of it, and ``message``; no part that was added later gets through unseen."""
    return Finding(finding.check, finding.status, finding.points, finding.possible, finding.visibility, message=message)


def _without_model_answer(detail: Detail) -> Detail:
    return replace(detail, full="") if isinstance(detail, Criterion) else detail
