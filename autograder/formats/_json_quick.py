"""The quick reader of a stored report. It reads what ``json.render`` writes, and leaves all else to the strict reader, which says
what is wrong: what is read here is read there to the same report.

Findings are taken out as bytes first. Most of a class are equal, and equal bytes are read once: they give the very same objects.
"""

import functools
from typing import Literal

import msgspec

from autograder.model import Criterion, Detail, Finding, Line, Origin, Picture, Report, Result, Status

_SHORT = 8192  # bytes: what is longer holds a student's own lines and pictures, and comes once

_Platform = Literal["", "moodle", "canvas", "nbgrader", "brightspace", "blackboard", "ilias", "gradescope"]


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """Every key, and no other."""


class _Origin(_Strict):
    platform: _Platform
    user: str
    late: bool
    timestamp: str
    aliases: tuple[str, ...] = ()


class _Submission(_Strict):
    path: str
    sha256: str
    origin: _Origin


class _Picture(_Strict, tag_field="type", tag="picture"):
    media_type: Literal["image/svg+xml", "image/png"]
    caption: str
    base64: bytes


class _Line(_Strict, tag_field="type", tag="line"):
    number: int
    text: str
    latex: str
    verdict: str
    message: str


class _Criterion(_Strict, tag_field="type", tag="criterion"):
    name: str
    points: float
    full: str


class _Text(_Strict, tag_field="type", tag="text"):
    text: str


class _Finding(_Strict):
    check: str
    status: Status
    points: float
    possible: float
    visibility: Literal["public", "hidden"]
    message: str
    hint: str
    mistake: str | None
    counterexample: str | None
    detail: list[_Picture | _Line | _Criterion | _Text]
    tell: str = ""
    line: int = 0


class _Result(_Strict):
    id: str
    item: str
    score: float | None
    possible: float
    findings: msgspec.Raw
    answer: str
    stamp: str = ""


class _Report(_Strict):
    version: Literal[1]
    sheet: str
    student: str
    status: str
    score: float | None
    possible: float
    submission: _Submission
    problem: str
    notes: tuple[str, ...]
    exercises: list[_Result]
    isolation: str
    versions: dict[str, str]
    seconds: dict[str, float]


_REPORT, _RESULT = msgspec.json.Decoder(_Report), msgspec.json.Decoder(_Result)
_FINDINGS, _FINDING = msgspec.json.Decoder(list[msgspec.Raw]), msgspec.json.Decoder(_Finding)


def quick_report(data: bytes) -> Report | None:
    """The report, or None where the strict reader has to look at it."""
    try:
        found = _REPORT.decode(data)
        report = _report(found)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    fits = (report.status, report.score) == (found.status, found.score)
    return report if fits else None


def quick_result(text: str) -> Result | None:
    """The same for one exercise of a report."""
    try:
        return _result(_RESULT.decode(text))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _report(found: _Report) -> Report:
    origin = found.submission.origin
    return Report(
        sheet=found.sheet,
        student=found.student,
        path=found.submission.path,
        sha256=found.submission.sha256,
        results=tuple(map(_result, found.exercises)),
        possible=found.possible,
        problem=found.problem,
        isolation=found.isolation,
        notes=found.notes,
        versions=found.versions,
        seconds=found.seconds,
        origin=Origin(origin.platform, origin.user, origin.late, origin.timestamp, origin.aliases),
    )


def _result(found: _Result) -> Result:
    """Raises ValueError where the score is not what the findings say."""
    data = bytes(found.findings)
    findings = _equal_findings(data) if len(data) <= _SHORT else _findings(data)
    result = Result(found.id, found.item, found.possible, findings, found.answer, stamp=found.stamp)
    if result.score != found.score:
        raise ValueError
    return result


def _findings(data: bytes) -> tuple[Finding, ...]:
    each = map(bytes, _FINDINGS.decode(data))
    return tuple(_equal_finding(one) if len(one) <= _SHORT else _finding(one) for one in each)


def _finding(data: bytes) -> Finding:
    f = _FINDING.decode(data)
    detail = tuple(map(_detail, f.detail))
    return Finding(
        f.check, f.status, f.points, f.possible, f.visibility, f.message, f.hint, f.mistake, f.counterexample, detail,
        f.tell, f.line,
    )  # fmt: skip


_equal_findings, _equal_finding = functools.lru_cache(2048)(_findings), functools.lru_cache(2048)(_finding)


def _detail(detail: _Picture | _Line | _Criterion | _Text) -> Detail:
    match detail:
        case _Picture():
            return Picture(detail.media_type, detail.base64, detail.caption)
        case _Line():
            return Line(detail.number, detail.text, detail.latex, detail.verdict, detail.message)
        case _Criterion():
            return Criterion(detail.name, detail.points, detail.full)
        case _Text():
            return detail.text
