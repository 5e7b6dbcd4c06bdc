"""A sheet without its oracles: one data file that holds the tasks, the public checks as recorded, and the known mistakes.

``pack`` makes it from a sheet, ``unpacking`` makes a sheet of it again. It is plain data in the wire's format: to read one runs
nothing, and in it are no oracle, no solution, no wrong answer and no hidden check. What a check asks, and how known mistakes
fail, are frames of their own within it, so that they are read for the exercises that are checked alone.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from autograder.course.failing import failure_data
from autograder.course.own import own_sheet
from autograder.course.pack_file import MAGIC
from autograder.model import Check, Exercise, Mistake, Sheet, Wrong
from autograder.student import fold

LATER = "what only the grader checks"
ALL_LATER = "is checked when it is graded"

Failure = Callable[[Wrong, Exercise, Check], Mistake | None]
"""How a labelled wrong answer fails a check (``recognise.Recogniser.failure``)."""


def pack(sheet: Sheet, failure: Failure, *, tick: Callable[[str], object] = lambda id: None) -> bytes:
    """The sheet as the content of a ``.checks`` file; the same sheet gives the same bytes. ``tick`` is told each exercise's id
    when its answers are recorded."""
    sheet = own_sheet(sheet, "steps")
    data = {
        "id": sheet.id,
        "title": sheet.title,
        "settings": asdict(sheet.settings),
        "exercises": [_told(_exercise_data(exercise, failure), tick, exercise.id) for exercise in sheet.exercises],
        "data": [[one.name, one.plain, one.sha256, one.licence] for one in sheet.data],
    }
    return MAGIC + zlib.compress(fold(data), 9)


def _told(data: Mapping[str, Any], tick: Callable[[str], object], id: str) -> Mapping[str, Any]:
    tick(id)
    return data


# ------------------------------------------------------------------ an exercise as data


def _exercise_data(exercise: Exercise, failure: Failure) -> Mapping[str, Any]:
    kept = {check.name: data for check in exercise.checks if (data := _recorded(check)) is not None}
    asked: list[bytes] = []
    checks = [_shared(data, asked) for data in kept.values()]
    for data in checks:
        data["options"] = _options(data["options"], kept)
    if not checks:
        checks.append(_later(ALL_LATER, 0.0, "public"))
    checks += [_later(name, points) for name, points in _decided_later(exercise, kept)]
    return {
        **{
            name: getattr(exercise, name)
            for name in ("id", "item", "points", "kind", "signature", "cap", "task", "starter")
        },
        "names": list(exercise.names),
        "rubric": [[criterion.name, criterion.points] for criterion in exercise.rubric],
        "asked": asked,
        "checks": checks,
        "wrong": [known for wrong in exercise.wrong if (known := _wrong_data(wrong, exercise, kept, failure))],
    }


def _decided_later(exercise: Exercise, kept: Mapping[str, Any]) -> list[tuple[str, float]]:
    """What only the grader checks: names and points; of hidden checks no more than their points together. Of a check that is
    recorded for fewer points than it has, the rest."""
    left = {c.name: c.points - (kept[c.name]["said"]["points"] if c.name in kept else 0.0) for c in exercise.checks}
    named = [
        (c.name, left[c.name])
        for c in exercise.checks
        if (c.visibility == "public" or c.stands_in) and (c.name not in kept or left[c.name] > 0)
    ]
    hidden = sum(c.points for c in exercise.checks if c.visibility == "hidden" and not c.stands_in)
    return [*named, (LATER, hidden)] if hidden else named


def _later(name: str, points: float, visibility: str = "hidden") -> dict[str, Any]:
    return {"kind": "later", "options": {"points": points, "name": name, "visibility": visibility}}


def _recorded(check: Check) -> dict[str, Any] | None:
    """What is kept of a check, or of the one that a pack makes in its place; None of a hidden one, or where only the grader can
    make it."""
    made = check.instead or check
    if check.visibility == "hidden" or made.record is None:
        return None
    try:
        recorded = dict(made.record())
    except ValueError:
        return None
    said = {name: getattr(made, name) for name in ("name", "points", "hint")}
    return recorded | {"said": said, "asks": made.asks is not None, "rehearses": check.instead is not None}


def _options(options: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """With ``needs`` among what is kept, by the names that it has there."""
    needs = [kept[name]["said"]["name"] for name in options.get("needs", ()) if name in kept]
    return {**options, "needs": needs} if "needs" in options else dict(options)


def _shared(data: dict[str, Any], asked: list[bytes]) -> dict[str, Any]:
    """A battery that several checks ask is kept once; the check keeps its number."""
    if "asked" in data:
        frame = fold(data["asked"])
        if frame not in asked:
            asked.append(frame)
        data["asked"] = asked.index(frame)
    return data


def _wrong_data(
    wrong: Wrong, exercise: Exercise, kept: Mapping[str, Any], failure: Failure
) -> Mapping[str, Any] | None:
    """How a wrong answer fails, by which a student's mistake is recognised, and what the student is told; not the answer.
    None where it fails nothing that is kept."""
    same = {name for name, data in kept.items() if data["said"]["name"] == name}  # not what is kept for another check
    found = {c.name: failure(wrong, exercise, c) for c in exercise.checks if c.name in same}
    failures = {name: failure_data(f) for name, f in found.items() if f is not None}
    if not failures:
        return None
    said = {name: getattr(wrong, name) for name in ("slug", "name", "credit", "tell", "mistake")}
    folded = fold(failures)
    return said | {"fails": wrong.fails if wrong.fails in same else "", "failures": folded}
