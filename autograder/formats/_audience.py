"""Who reads a report. Students see every reason for a lost point, but not the inputs of hidden checks, nor the inside
of a fault of ours, nor the model answer to a text that nobody has read yet."""

from dataclasses import replace
from typing import Literal

from autograder.model import Criterion, Detail, Finding, Line, Report, Status

Audience = Literal["student", "instructor"]

OUR_FAULT = "Something failed on our side while this was checked. It costs you no points; your instructor has to look."


def seen_by(report: Report, audience: Audience) -> Report:
    """The report as ``audience`` may see it."""
    if audience == "instructor":
        return report
    results = tuple(replace(result, findings=tuple(map(_for_student, result.findings))) for result in report.results)
    return replace(report, results=results)


def _for_student(finding: Finding) -> Finding:
    if finding.status is Status.BROKEN:
        return replace(finding, message=OUR_FAULT, hint="", counterexample=None, detail=())
    if finding.status is Status.PENDING:
        finding = replace(finding, detail=tuple(map(_without_model_answer, finding.detail)))
    if finding.visibility == "hidden":
        own = tuple(detail for detail in finding.detail if isinstance(detail, Line | Criterion))
        return replace(finding, counterexample=None, detail=own)
    return finding


def _without_model_answer(detail: Detail) -> Detail:
    return replace(detail, full="") if isinstance(detail, Criterion) else detail
