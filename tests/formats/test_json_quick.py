"""The quick reader takes nothing that the strict one would refuse, and reads everything else to the same report."""

import copy
import functools
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.formats import json as stored
from autograder.formats._json_quick import quick_report, quick_result
from autograder.formats._json_read import _Node
from autograder.model import CourseError, Report
from tests.formats import builders

REPORTS = builders.classroom()
ODD = [
    None,
    True,
    0,
    1,
    -1,
    1.5,
    10**400,
    1e308,
    "",
    "x",
    "passed",
    "A===",
    "AA",
    "AAAA\n",
    "\ud800",
    "\0",
    [],
    [0],
    {},
    {"x": 1},
]


@pytest.mark.parametrize("report", REPORTS, ids=[str(i) for i in range(len(REPORTS))])
def test_what_is_written_here_is_read_quickly(report: Report):
    assert quick_report(stored.render(report)) == report == strict(stored.render(report))
    assert all(quick_result(stored.render_result(result)) == result for result in report.results)


def strict(data: bytes) -> Report | None:
    try:
        return _Node(json.loads(data), "report", "report").report()
    except (CourseError, ValueError):
        return None


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from places(tree[key])


@functools.cache
def damaged(seed: int) -> list[bytes]:
    """Reports with one value replaced, taken out or put in, by chance."""
    chance, made = random.Random(seed), []
    trees = [json.loads(stored.render(report)) for report in REPORTS]
    for _ in range(300):
        tree = copy.deepcopy(chance.choice(trees))
        holder, key = chance.choice([*places(tree)])
        match chance.randrange(4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder["more"] = chance.choice(ODD)
            case 2:
                holder[key] = copy.deepcopy(chance.choice([value[k] for value, k in places(tree)]))
            case _:
                holder[key] = chance.choice(ODD)
        made.append(json.dumps(tree).encode())
    return made


@pytest.mark.parametrize("seed", range(5))
def test_damage_by_chance_is_left_to_the_strict_reader_or_read_as_it_reads(seed: int):
    pairs = [(quick, strict(data), data) for data in damaged(seed) if (quick := quick_report(data)) is not None]
    assert [data for quick, same, data in pairs if quick != same] == []
    assert 0 < len(pairs) < len(damaged(seed))


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_what_is_no_finite_number_is_left_to_the_strict_reader(literal: bytes):
    text = stored.render(builders.report())
    assert quick_report(text.replace(b'"possible": 20,', b'"possible": ' + literal + b",", 1)) is None


def test_equal_findings_of_several_students_are_one_object():
    anna, ben = (stored.read(stored.render(builders.report(name))) for name in ("anna", "ben"))
    assert [a.findings is b.findings for a, b in zip(anna.results, ben.results, strict=True)] == [True] * len(
        anna.results
    )
