"""Every fault this package knows, in one tree, sorted by whose fault it is.

    Exception
    ├── Mistake                 the student's: an answer is not good (raised by a check)
    ├── NeedsPerson             nobody's: a person has to read this answer (raised by a check)
    └── AutograderError
        ├── SubmissionError     the student's: the file as a whole cannot be read
        ├── CourseError         the instructor's: the sheet, an exercise or a marks file is wrong
        ├── UsageError          the instructor's: the command was wrong (exit code 2)
        └── InternalError       ours: no score is recorded, a person looks (status BROKEN)

Each message is one sentence or more: what was expected, what was found, what to do.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Mistake(Exception):
    """An answer is not good; the message tells the student why and what to do.

    Attributes:
        message: sentences for the student.
        name: slug of a recognised mistake (the file in ``wrong/`` or a name a check gives), or "" if unrecognised.
        credit: share in [0, 1] of the *exercise's* points that is left, or None for an unrecognised mistake.
        partial: share in [0, 1] of *this check's* points that is earned all the same (a derivation right up to line 5).
        counterexample: the smallest input that shows it, as lines of text, or "".
        hint: what to try next, or "".
        detail: more to show a person beside the message (see ``model.Finding.detail``).
        evidence: how the answer failed (``evidence.Evidence``), by which a known wrong answer is recognised, or None.
        otherwise: the message, without name and credit, where an earlier check failed for another reason: the name
            is true only of an answer with nothing else wrong.
        shrink: finds the counterexample when it is wanted, and the message with its numbers, or None; called at most once.
        read: finds out what the answer computes when nothing else names the mistake, or None; called at most once.
        whole: it is known what the answer computes, so that no further wrong value is a further mistake.
        tell: a sentence that the course wrote beforehand and nothing was put into: all of this that a student reads where the
            check is hidden. "" leaves them the check's hint.
    """

    message: str
    name: str = ""
    credit: float | None = None
    partial: float = 0.0
    counterexample: str = ""
    hint: str = ""
    detail: tuple[object, ...] = field(default=())
    evidence: Any = None
    shrink: Callable[[], tuple[str, str]] | None = None
    read: "Callable[[], Mistake | None] | None" = None
    whole: bool = False
    tell: str = ""

    otherwise: str = ""

    def __str__(self) -> str:
        return self.message


@dataclass
class NeedsPerson(Exception):
    """A person must read this answer; ``message`` says why, ``rubric`` (model.Criterion) what to look for."""

    message: str
    detail: tuple[object, ...] = field(default=())

    def __str__(self) -> str:
        return self.message


class AutograderError(Exception):
    """Base of everything that is not a verdict on one answer."""


class SubmissionError(AutograderError):
    """The student's file cannot be read; the sentence names the file's problem and what to hand in instead."""


class CourseError(AutograderError):
    """The instructor's course folder, exercise or marks file is wrong; the sentence names the file."""


class UsageError(AutograderError):
    """The command line was wrong; the sentence says what was expected and what exists."""


class InternalError(AutograderError):
    """Something on our side failed. Never a zero: the finding is BROKEN and the report has no score."""


def meant(name: str, known: Iterable[str]) -> str:
    """ "; did you mean 'points'", where a known name is nearly this one; else ""."""
    near = difflib.get_close_matches(name, [one for one in known if one != name], 1, 0.6)
    return f"; did you mean {near[0]!r}" if near else ""


def listed(names: Iterable[str]) -> str:
    """Names as a sentence has them: "a, b and c", or "none"."""
    *others, last = list(names) or ["none"]
    return f"{', '.join(others)} and {last}" if others else last
