"""A sheet without its oracles: one data file that holds the tasks, the public checks as recorded, and the known mistakes.

``pack`` makes it from a sheet, ``read_pack`` makes a sheet of it again. It is plain data in the wire's format: to read one runs
nothing, and in it are no oracle, no solution, no wrong answer and no hidden check.
"""

import hashlib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.checks import asked_of, later, replayed
from autograder.course.own import own_sheet
from autograder.course.pack_file import AMISS, MAGIC, handed_on, raw_and_frame, unreadable
from autograder.inputs import Evidence
from autograder.model import Check, Criterion, Exercise, Mistake, Settings, Sheet, Wrong
from autograder.student import wire

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
    return MAGIC + zlib.compress(wire.dumps(data, wire.REQUEST), 9)


def _told(data: Mapping[str, Any], tick: Callable[[str], object], id: str) -> Mapping[str, Any]:
    tick(id)
    return data


def read_pack(path: Path) -> Sheet:
    """The sheet in a ``.checks`` file.

    Raises:
        UsageError: it is none, damaged, or of a later version.
    """
    try:
        raw, frame = raw_and_frame(path)
        size, _ = wire.HEADER.unpack_from(frame)
        start = wire.HEADER.size
        data = wire.loads(frame[start : start + size], bytearray(frame[start + size :]), wire.REQUEST)
        exercises = tuple(map(_exercise, data["exercises"]))
        return Sheet(
            data["id"],
            data["title"],
            exercises,
            Settings(**data["settings"]),
            hashlib.sha256(raw).hexdigest(),
            data=handed_on(data, path),
        )
    except (*AMISS, wire.WireError) as error:
        raise unreadable(path, error) from None


# ------------------------------------------------------------------ an exercise as data


def _exercise_data(exercise: Exercise, failure: Failure) -> Mapping[str, Any]:
    kept = {check.name: data for check in exercise.checks if (data := _recorded(check)) is not None}
    asked: list[Any] = []
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
    """What only the grader checks: names and points; of hidden checks no more than their points together."""
    named = [
        (c.name, c.points) for c in exercise.checks if c.name not in kept and (c.visibility == "public" or c.stands_in)
    ]
    hidden = sum(c.points for c in exercise.checks if c.visibility == "hidden" and not c.stands_in)
    return [*named, (LATER, hidden)] if hidden else named


def _later(name: str, points: float, visibility: str = "hidden") -> dict[str, Any]:
    return {"kind": "later", "options": {"points": points, "name": name, "visibility": visibility}}


def _recorded(check: Check) -> dict[str, Any] | None:
    """What is kept of a check; None of a hidden one, or where only the grader can make it."""
    if check.visibility == "hidden" or check.record is None:
        return None
    try:
        return dict(check.record())
    except ValueError:
        return None


def _options(options: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """With ``needs`` among what is kept."""
    return {key: [n for n in value if n in kept] if key == "needs" else value for key, value in options.items()}


def _shared(data: dict[str, Any], asked: list[Any]) -> dict[str, Any]:
    """A battery that several checks ask is kept once; the check keeps its number."""
    if "asked" in data:
        same = [
            i
            for i, other in enumerate(asked)
            if wire.dumps(other, wire.REQUEST) == wire.dumps(data["asked"], wire.REQUEST)
        ]
        if not same:
            asked.append(data["asked"])
        data["asked"] = same[0] if same else len(asked) - 1
    return data


def _wrong_data(
    wrong: Wrong, exercise: Exercise, kept: Mapping[str, Any], failure: Failure
) -> Mapping[str, Any] | None:
    """How a wrong answer fails, by which a student's mistake is recognised, and what the student is told; not the answer.
    None where it fails nothing that is kept."""
    found = {c.name: failure(wrong, exercise, c) for c in exercise.checks if c.name in kept}
    failures = {name: [f.name, _evidence_data(f.evidence)] for name, f in found.items() if f is not None}
    if not failures:
        return None
    said = {name: getattr(wrong, name) for name in ("slug", "name", "credit", "tell", "mistake")}
    return said | {"fails": wrong.fails if wrong.fails in kept else "", "failures": failures}


def _evidence_data(evidence: Evidence | None) -> Any:
    return None if evidence is None else [list(evidence.values), evidence.tolerance, list(evidence.slacks)]


# ------------------------------------------------------------------ and back


def _exercise(data: Mapping[str, Any]) -> Exercise:
    asked = [asked_of(one) for one in data["asked"]]
    given = ("id", "item", "points", "kind", "signature", "cap", "task", "starter")
    return Exercise(
        **{name: data[name] for name in given},
        names=tuple(data["names"]),
        checks=tuple(_check(check, asked) for check in data["checks"]),
        rubric=tuple(Criterion(name, points, "") for name, points in data["rubric"]),
        wrong=tuple(map(_wrong, data["wrong"])),
    )


def _check(data: dict[str, Any], asked: list[Any]) -> Check:
    if data["kind"] == "later":
        return later(**data["options"])
    return replayed(data, asked[data["asked"]] if "asked" in data else None)


def _wrong(data: Mapping[str, Any]) -> Wrong:
    recorded = {
        check: Mistake("", name=name, evidence=None if evidence is None else _evidence(evidence))
        for check, (name, evidence) in data["failures"].items()
    }
    given = ("slug", "name", "fails", "credit", "tell", "mistake")
    return Wrong(**{name: data[name] for name in given}, source="", recorded=recorded)


def _evidence(data: Any) -> Evidence:
    return Evidence(tuple(data[0]), data[1], tuple(data[2]))
