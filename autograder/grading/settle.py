"""What a failure costs: points of each finding, so that an exercise's findings add up to its score."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.grading.recognise import Recogniser
from autograder.model import AGAIN, Check, Exercise, Finding, Mistake, Picture, Status


@dataclass(frozen=True)
class Found:
    """A check's outcome before points are settled."""

    check: Check
    status: Status
    message: str = ""
    hint: str = ""
    counterexample: str = ""
    mistake: str = ""
    credit: float | None = None
    partial: float = 0.0
    detail: tuple[Any, ...] = ()
    whole: bool = False
    tell: str = ""


def apart(mistake: Mistake, before: Sequence[Found]) -> Mistake:
    """A mistake whose name says that nothing else is wrong, without it where something else is."""
    others = any(old.status is Status.FAILED and old.mistake != mistake.name for old in before)
    return (
        replace(mistake, message=mistake.otherwise, name="", credit=None, hint="")
        if mistake.otherwise and others
        else mistake
    )


def known(mistake: Mistake, before: Sequence[Found]) -> Mistake | None:
    """The mistake as an earlier failure explains it, if it was found out there what the answer computes."""
    old = next((old for old in before if old.whole), None)
    if mistake.name or mistake.read is None or old is None:
        return None
    return replace(mistake, message=old.message, name=old.mistake, credit=old.credit, whole=True)


def read_back(mistake: Mistake) -> Mistake:
    """An unnamed mistake with what its answer computes, read from its values."""
    read = mistake.read() if mistake.read and not mistake.name else None
    return replace(read, evidence=mistake.evidence, shrink=mistake.shrink) if read else mistake


def once(new: Found, before: Sequence[Found]) -> Found:
    """A failure whose reason was given before refers to it. A student reads that of a hidden check only where both reasons are
    sentences of the course: that two others are the same says something about hidden inputs."""
    for old in before:
        if new.status is old.status is Status.FAILED and new.message == old.message:
            same = new.counterexample == old.counterexample
            message = f"{AGAIN} “{old.check.name}”."
            tell = message if new.tell == new.message else new.tell
            return replace(new, message=message, counterexample="" if same else new.counterexample, hint="", tell=tell)
    return new


def drawn_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each picture with one finding, so that a report does not hold it twice: the first that students see all of and that failed,
    else the first they see all of, else the first."""
    order = sorted(
        range(len(findings)), key=lambda i: (findings[i].visibility == "hidden", findings[i].status != "failed")
    )
    drawn: set[Picture] = set()
    kept = {}
    for i in order:
        detail = tuple(one for one in findings[i].detail if not (isinstance(one, Picture) and one in drawn))
        drawn.update(one for one in detail if isinstance(one, Picture))
        kept[i] = replace(findings[i], detail=detail)
    return tuple(kept[i] for i in range(len(findings)))


def settle(exercise: Exercise, found: Sequence[Found], recogniser: Recogniser) -> tuple[Finding, ...]:
    """Points of each finding.

    A recognised mistake sets the share of the exercise's points that is left (the smallest share, if there are several).
    Any other failure leaves at most ``exercise.cap`` of them, and no more than the other checks earned. A failure that the
    recognised wrong answer has as well is not counted again.
    """
    unit = exercise.points / (sum(check.points for check in exercise.checks) or 1)
    earned = [unit * f.check.points * (1.0 if f.status is Status.PASSED else f.partial) for f in found]
    failed = [f for f in found if f.status is Status.FAILED]
    credits = [f.credit for f in failed if f.credit is not None]
    named = {f.mistake for f in failed if f.credit is not None}
    whole = any(f.whole and f.credit is not None for f in failed)
    unexplained = [
        f
        for f in failed
        if f.credit is None and not whole and not any(recogniser.explains(slug, exercise, f.check) for slug in named)
    ]
    target = sum(earned)
    if credits:
        target = exercise.points * min(credits)
    if unexplained:
        target = min(target, sum(earned), exercise.points * exercise.cap)
    earned = rounded(_spread(earned, target, found))
    possible = rounded([unit * f.check.points for f in found])
    return tuple(_finding(*row) for row in zip(found, earned, possible, strict=True))


def rounded(points: Sequence[float]) -> list[float]:
    """Each rounded to 6 decimals, so that they add up to the rounded sum: the largest takes up the rest."""
    result = [round(p, 6) for p in points]
    if result:
        at = max(range(len(result)), key=result.__getitem__)
        result[at] = round(result[at] + round(sum(points), 6) - sum(result), 6)
    return result


def _spread(earned: list[float], target: float, found: Sequence[Found]) -> list[float]:
    """Points that add up to ``target``: earned ones scaled down, or the rest given to the failure that was recognised."""
    total = sum(earned)
    if total > target:
        return [points * target / total for points in earned]
    at = next((i for i, f in enumerate(found) if f.credit is not None and f.status is Status.FAILED), None)
    return [points + (target - total if i == at else 0.0) for i, points in enumerate(earned)]


def _finding(found: Found, points: float, possible: float) -> Finding:
    return Finding(
        check=found.check.name,
        status=found.status,
        points=points,
        possible=possible,
        visibility=found.check.visibility,
        message=steady(found.message),
        hint=steady(found.hint),
        mistake=found.mistake or None,
        counterexample=steady(found.counterexample) or None,
        detail=found.detail,
        tell=steady(found.tell),
    )


def steady(text: str) -> str:
    """Without addresses in memory, which differ between runs."""
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", text)
