"""``rubric.toml`` -> ``Rubric``: how a person marks the written answers of one exercise.

good = "an example of a good answer"
weak = "an example of a weak one"

[[criterion]]
name = "the idea"
points = 1.5
full = "what a full answer says"
partial = "what earns part of the points"
signals = ["words", "and sentences that bear on it"]

[[misunderstanding]]
name = "what it is about"
criterion = "the idea"
comment = "what the student is sent"
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.model import Advice, CourseError, Criterion, Misunderstanding, Rubric

FILE = "rubric.toml"
_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("good", "weak", "criterion", "misunderstanding"),
    "criterion": ("name", "points", "full", "partial", "signals"),
    "misunderstanding": ("name", "criterion", "comment"),
}
"""Of the file and of its tables; each must be there."""


def read_rubric(path: Path, points: float | None = None) -> Rubric:
    """The rubric in ``path``.

    Args:
        points: what the criteria must add up to; None: whatever they do.

    Raises:
        CourseError: a sentence for each mistake in the file, with its name and the key.
    """
    data = _toml(path)
    if problems := list(_problems(data)) or list(_contradictions(data, points)):
        raise CourseError("\n".join(f"{path}: {problem}" for problem in problems))
    return Rubric(
        tuple(_advice(row) for row in data["criterion"]),
        tuple(Misunderstanding(row["name"], row["criterion"], row["comment"]) for row in data["misunderstanding"]),
        data["good"],
        data["weak"],
    )


def _toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise CourseError(f"{path.parent} has no {FILE}; a written answer takes its criteria from there.")
    try:
        data: dict[str, Any] = _stripped(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not valid TOML: {error}") from None
    return data


def _stripped(value: Any) -> Any:
    """With no white space around any text: where a text in several lines ends is a matter of layout."""
    if isinstance(value, dict):
        return {key: _stripped(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_stripped(entry) for entry in value]
    return value.strip() if isinstance(value, str) else value


def _advice(row: Mapping[str, Any]) -> Advice:
    criterion = Criterion(row["name"], float(row["points"]), row["full"])
    return Advice(criterion, row["partial"], tuple(row["signals"]))


# ------------------------------------------------------------------ what may be wrong with one entry


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from _table("", data, "the file")
    for kind in ("criterion", "misunderstanding"):
        rows = data.get(kind, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
            if isinstance(row, dict):
                yield from _table(kind, row, f"[[{kind}]] {number}")


def _table(kind: str, table: Mapping[str, Any], where: str) -> Iterator[str]:
    known = _KEYS[kind]
    for key in table:
        if key not in known:
            yield f"{where} has the unknown key {key!r}; known are {', '.join(known)}."
    for key in known:
        if key not in table:
            yield f"{where} lacks the key {key!r}; {_wanted(kind, key)} is expected."
        elif not _fits(kind, key, table[key]):
            yield f"{key!r} of {where} must be {_wanted(kind, key)}, but it is {table[key]!r}."


def _wanted(kind: str, key: str) -> str:
    if not kind and key in _KEYS:
        return f"at least one table [[{key}]]"
    return {"points": "a number above 0", "signals": "a list of words or sentences"}.get(key, "a text in words")


def _fits(kind: str, key: str, value: Any) -> bool:
    if not kind and key in _KEYS:
        return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
    if key == "points":
        return type(value) in (int, float) and math.isfinite(value) and value > 0
    if key == "signals":
        return isinstance(value, list) and bool(value) and all(map(_is_words, value))
    return _is_words(value)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


# ------------------------------------------------------------------ and with all of them together


def _contradictions(data: Mapping[str, Any], points: float | None) -> Iterator[str]:
    criteria = [row["name"] for row in data["criterion"]]
    for kind in ("criterion", "misunderstanding"):
        names = [row["name"] for row in data[kind]]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{names.count(name)} tables [[{kind}]] have the 'name' {name!r}; each needs one of its own."
    for row in data["misunderstanding"]:
        if row["criterion"] not in criteria:
            yield (
                f"'criterion' of [[misunderstanding]] {row['name']!r} is {row['criterion']!r}, but the criteria are "
                f"{', '.join(map(repr, criteria))}."
            )
    total = sum(row["points"] for row in data["criterion"])
    if points is not None and not math.isclose(total, points, abs_tol=1e-9):
        yield f"'points' of the criteria add up to {total:g}, but the sheet gives this exercise {points:g}."
