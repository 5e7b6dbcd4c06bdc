"""A report as it is stored: JSON, version 1. Keys stand in a fixed order; only ``seconds`` differs between two runs.

``read(render(report)) == report`` for every report.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from autograder.formats._audience import Audience, seen_by
from autograder.formats._export import Export, Written, by_student
from autograder.formats._indented import indented
from autograder.formats._json_read import VERSION, report_of, result_of
from autograder.model import Criterion, Detail, Finding, Line, Origin, Picture, Report, Result, Sheet

__all__ = ["read", "read_result", "render", "render_class", "render_result", "suffix"]

whole = True

suffix = ".json"


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "instructor") -> bytes:
    """The whole report, for ``read``: the instructor's record. For a student, what the other outputs show them."""
    text = indented(_report(seen_by(report, audience)))
    return text.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate becomes \udXXX, which is JSON's escape


def render_class(reports: Sequence[Report], sheet: Sheet | None = None, *, audience: Audience = "instructor") -> Export:
    """A JSON list of all reports, by student."""

    def write(file: BinaryIO) -> None:
        if audience == "instructor" and isinstance(reports, Written):
            each: Iterable[bytes] = reports.written()
        else:
            each = (render(report, audience=audience) for report in by_student(reports))
        before = b"[\n "
        for one in each:
            file.write(before + one.rstrip(b"\n").replace(b"\n", b"\n "))
            before = b",\n "
        file.write(b"\n]\n")

    return Export(write)


def read(data: bytes, name: str = "report") -> Report:
    """The report that ``render`` wrote; ``name`` is what messages call the file.

    Raises:
        CourseError: the file is damaged, or of another version; the sentence says where and what was expected.
    """
    return report_of(data, name)


def render_result(result: Result) -> str:
    """One exercise of a report, in one line."""
    return json.dumps(_result(result), allow_nan=False)


def read_result(text: str) -> Result:
    """What ``render_result`` wrote. Raises CourseError as ``read`` does."""
    return result_of(text)


def _number(value: float | None) -> float | int | None:
    """2 rather than 2.0."""
    return int(value) if value is not None and float(value).is_integer() else value


def _report(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "sheet": report.sheet,
        "student": report.student,
        "status": report.status,
        "score": _number(report.score),
        "possible": _number(report.possible),
        "submission": {"path": report.path, "sha256": report.sha256, "origin": _origin(report.origin)},
        "problem": report.problem,
        "notes": list(report.notes),
        "exercises": [_result(result) for result in report.results],
        "isolation": report.isolation,
        "versions": dict(sorted(report.versions.items())),
        "seconds": dict(sorted(report.seconds.items())),
    }


def _origin(origin: Origin) -> dict[str, Any]:
    said = {"platform": origin.platform, "user": origin.user, "late": origin.late, "timestamp": origin.timestamp}
    return said | ({"aliases": list(origin.aliases)} if origin.aliases else {})


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "item": result.item,
        "score": _number(result.score),
        "possible": _number(result.possible),
        "findings": [_finding(finding) for finding in result.findings],
        "answer": result.answer,
        **({"stamp": result.stamp} if result.stamp else {}),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "status": finding.status.value,
        "points": _number(finding.points),
        "possible": _number(finding.possible),
        "visibility": finding.visibility,
        "message": finding.message,
        "hint": finding.hint,
        "mistake": finding.mistake,
        "counterexample": finding.counterexample,
        "detail": [_detail(detail) for detail in finding.detail],
        **({"tell": finding.tell} if finding.tell else {}),
        **({"line": finding.line} if finding.line else {}),
    }


def _detail(detail: Detail) -> dict[str, Any]:
    match detail:
        case Picture(media_type, data, caption):
            encoded = base64.b64encode(data).decode("ascii")
            return {"type": "picture", "media_type": media_type, "caption": caption, "base64": encoded}
        case Line(number, text, latex, verdict, message):
            line = {"number": number, "text": text, "latex": latex, "verdict": verdict, "message": message}
            return {"type": "line", **line}
        case Criterion(name, points, full):
            return {"type": "criterion", "name": name, "points": _number(points), "full": full}
        case str():
            return {"type": "text", "text": detail}
