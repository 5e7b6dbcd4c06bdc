"""The file of a student's pack as a Sheet (``packing`` made it). What a check asks is read when the check is first run."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from autograder.checks import KINDS, asked_of, later, replayed
from autograder.course.failing import failures
from autograder.course.pack_file import AMISS, handed_on, raw_and_frame, unreadable
from autograder.model import Answer, Call, Check, Criterion, Detail, Exercise, Mistake, Settings, Sheet, Wrong
from autograder.student import unfold, wire

FAULTS = (*AMISS, wire.WireError)


def read_pack(path: Path) -> Sheet:
    """The sheet in a ``.checks`` file.

    Raises:
        UsageError: it is none, damaged, or of a later version.
    """
    try:
        raw, frame = raw_and_frame(path)
        data = unfold(frame)
        exercises = tuple(_exercise(one, path) for one in data["exercises"])
        return Sheet(
            data["id"],
            data["title"],
            exercises,
            Settings(**data["settings"]),
            hashlib.sha256(raw).hexdigest(),
            data=handed_on(data, path),
        )
    except FAULTS as error:
        raise unreadable(path, error) from None


def _exercise(data: Mapping[str, Any], path: Path) -> Exercise:
    asked = [_when_wanted(frame, asked_of, path) for frame in data["asked"]]
    given = ("id", "item", "points", "kind", "signature", "cap", "task", "starter")
    return Exercise(
        **{name: data[name] for name in given},
        names=tuple(data["names"]),
        checks=tuple(_check(check, asked) for check in data["checks"]),
        rubric=tuple(Criterion(name, points, "") for name, points in data["rubric"]),
        wrong=tuple(_wrong(wrong, path) for wrong in data["wrong"]),
    )


def _when_wanted(frame: bytes, made: Callable[[Any], Any], path: Path) -> Callable[[], Any]:
    """What ``made`` makes of a frame, once. Raises UsageError if it cannot be read."""

    @cache
    def value() -> Any:
        try:
            return made(unfold(frame))
        except FAULTS as error:
            raise unreadable(path, error) from None

    return value


def _check(data: dict[str, Any], asked: Sequence[Callable[[], Any]]) -> Check:
    if data["kind"] == "later":
        return later(**data["options"])
    if data["kind"] not in KINDS:
        raise ValueError(f"it holds a check of the kind {data['kind']!r}, which this version does not know")

    @cache
    def made() -> Check:
        return replayed(data, asked[data["asked"]]() if "asked" in data else None)

    def run(answer: Answer) -> Sequence[Detail] | None:
        return made().run(answer)

    def asks() -> Sequence[tuple[Call, ...]]:
        of = made().asks
        return of() if of else ()

    said, needs = data["said"], tuple(data["options"].get("needs", ()))
    more: dict[str, Any] = {"asks": asks if data["asks"] else None, "rehearses": data.get("rehearses", False)}
    return Check(said["name"], said["points"], run, needs=needs, hint=said["hint"], **more)


class _Recorded(Mapping[str, Mistake]):
    """How a known mistake fails checks, by their names; read when it is first asked for."""

    def __init__(self, failures: Callable[[], dict[str, Mistake]]) -> None:
        self._failures = failures

    def __getitem__(self, check: str) -> Mistake:
        return self._failures()[check]

    def __iter__(self) -> Iterator[str]:
        return iter(self._failures())

    def __len__(self) -> int:
        return len(self._failures())


def _wrong(data: Mapping[str, Any], path: Path) -> Wrong:
    recorded = _Recorded(_when_wanted(data["failures"], failures, path))
    given = ("slug", "name", "fails", "credit", "tell", "mistake")
    return Wrong(**{name: data[name] for name in given}, source="", recorded=recorded)
