"""What comes out: a finding per check, a result per exercise, a report per submission."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Literal

from autograder.model.submission import Origin

Visibility = Literal["public", "hidden"]


NOT_STARTED, IN_PROGRESS = "not_started", "in_progress"  # in place of a mistake, where a student's own check skips
UNTRAINED = "Nothing was trained this time (--no-training): these points are open until a run that trains."


class Status(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # a check it needs failed
    PENDING = "pending"  # a person must read it
    BROKEN = "broken"  # our fault: no score is recorded


@dataclass(frozen=True)
class Criterion:
    """One line of a written answer's rubric: what a full answer says, and its points."""

    name: str
    points: float
    full: str


@dataclass(frozen=True)
class Picture:
    """A picture for the feedback page: SVG or PNG bytes with a caption. Part of Finding.detail."""

    media_type: Literal["image/svg+xml", "image/png"]
    data: bytes
    caption: str


@dataclass(frozen=True)
class Line:
    """One line of a derivation with its verdict. Part of Finding.detail.

    ``latex`` is the line as it was read, "" if unreadable; ``text`` as written.
    verdict: follows, first error, another error, carried error, right but does not follow, side equation, remark, unreadable,
        undecided; read, where nothing more was asked.
    """

    number: int
    text: str
    latex: str
    verdict: str
    message: str = ""


Detail = Picture | Line | Criterion | str


AGAIN = "For the same reason as"
"""How a failure begins whose reason was given before; a short text leaves it out."""


@dataclass(frozen=True)
class Finding:
    """What one check found. ``mistake`` is the slug of a recognised mistake or None.

    ``tell`` is all that a student reads of a hidden check: a sentence that the course wrote and nothing was put into, or "".

    ``line``: the line of ``Result.answer`` (from 1) in which it came up; 0 where that is not known.

    ``points`` of ``possible``: rounded to 6 decimals, so that the findings of an exercise add up to its score.
    """

    check: str
    status: Status
    points: float
    possible: float
    visibility: Visibility = "public"
    message: str = ""
    hint: str = ""
    mistake: str | None = None
    counterexample: str | None = None
    detail: tuple[Detail, ...] = ()
    tell: str = ""
    line: int = 0


@dataclass(frozen=True)
class Result:
    """One exercise of a report: its findings, and ``answer``, the text or source handed in (shown to a person who reviews).

    ``later``: in a student's own check, what is decided when the work is graded: names and points, which together with the
    findings' are ``possible``. Empty in a grade. ``stamp`` says with which files of the course it was graded
    (``Exercise.sha256``).
    """

    id: str
    item: str
    possible: float
    findings: tuple[Finding, ...]
    answer: str = ""
    later: tuple[tuple[str, float], ...] = ()
    stamp: str = ""

    @cached_property
    def score(self) -> float | None:
        """Points earned so far; None while anything is BROKEN."""
        if any(finding.status is Status.BROKEN for finding in self.findings):
            return None
        return round(sum(finding.points for finding in self.findings), 6)


@dataclass(frozen=True)
class Report:
    """Everything found for one submission. ``notes`` are sentences about the submission as a whole (cells that failed);
    ``origin`` is the submission's. ``hurried`` says that something ended at a limit while the machine was busy with other work:
    it is to be graded once more before anything is concluded; ``took`` are the seconds that a worker has just had with it. No
    output shows either."""

    sheet: str
    student: str
    path: str
    sha256: str
    results: tuple[Result, ...]
    possible: float
    problem: str = ""
    isolation: str = ""
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin)
    hurried: bool = field(default=False, compare=False)
    took: float = field(default=0.0, compare=False)

    @cached_property
    def status(self) -> Literal["graded", "pending", "unreadable", "broken"]:
        statuses = {finding.status for result in self.results for finding in result.findings}
        if Status.BROKEN in statuses:
            return "broken"
        if self.problem:
            return "unreadable"
        return "pending" if Status.PENDING in statuses else "graded"

    @cached_property
    def score(self) -> float | None:
        """Sum over the exercises; None while anything is BROKEN."""
        scores = [result.score for result in self.results]
        if any(score is None for score in scores):
            return None
        return round(sum(score for score in scores if score is not None), 6)
