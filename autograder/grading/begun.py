"""How far an answer has come, in a student's own check: not started, in progress, or there to be checked."""

import re
from collections.abc import Sequence

from autograder.grading.settle import Found
from autograder.intake import is_unchanged
from autograder.model import IN_PROGRESS, NOT_STARTED, Check, Exercise, Mistake, Status, Submission

_STUB = "NotImplementedError"
_RAISE = re.compile(rf"(?m)^[ \t]*raise[ \t]+{_STUB}\b(?:[ \t]*\([^()\n]*\))?")
_REMARK = re.compile(r"(?m)^[ \t]*#.*$")
_PLACE = re.compile(
    r" in cell \d+, line \d+(?=\.$)"
)  # Jupyter shows no such number, and who wrote the stub knows where it is


def not_started(exercise: Exercise, submission: Submission, *, missing: bool) -> str:
    """A sentence where nothing was written for an exercise yet; "" otherwise. ``missing``: its names do not exist; where
    the submission has notes, it may be that what defines them was not read."""
    if exercise.kind == "text":
        if is_unchanged(submission.texts.get(exercise.id, ""), exercise):
            return f"Not started: there is no answer to {exercise.id} yet."
        return ""
    written = [cell.source for cell in submission.cells]
    if (
        missing
        and not submission.notes
        and not any(name in submission.elsewhere for name in exercise.names)
        and not any(_defines(name, source) for name in exercise.names for source in written)
    ):
        return f"Not started: there is no {' and no '.join(exercise.names)} yet."
    if (starter := _bare(exercise.starter)) and any(starter in _bare(source) for source in written):
        verb = "is" if len(exercise.names) == 1 else "are"
        return f"Not started: {' and '.join(exercise.names)} {verb} still as handed out."
    return ""


def in_progress(check: Check, mistake: Mistake) -> Found | None:
    """The finding where an answer says itself that it is not done yet, by the exception that stands in a starter."""
    if _STUB not in mistake.message:
        return None
    return Found(check, Status.SKIPPED, f"In progress: {_PLACE.sub('', mistake.message)}", mistake=IN_PROGRESS)


def unstarted(checks: Sequence[Check], reason: str) -> list[Found]:
    """The findings of an exercise that was not started; the first one says so."""
    return [Found(check, Status.SKIPPED, "" if i else reason, mistake=NOT_STARTED) for i, check in enumerate(checks)]


def _defines(name: str, source: str) -> bool:
    """By the text alone: no stranger's source is parsed on our side."""
    known = re.escape(name)
    return bool(re.search(rf"\b(?:def|class|import)\b[^\n]*\b{known}\b|\b{known}[ \t]*[:=]", source))


def _bare(source: str) -> str:
    """Code without white space and lines of remarks, its stubs alike: nbgrader puts one of its own in the place of ours and the
    remarks above it."""
    return "".join(_RAISE.sub(_STUB, _REMARK.sub("", source)).split())
