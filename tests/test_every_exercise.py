"""The course grades itself: what every labelled answer earns, is recognised as, and that every check catches something.

Exercises, answers and checks are found, not listed here.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import Grader, Row, labels, row, uncaught, unsaid
from autograder.model import Exercise
from autograder.student import Host
from tests.sheets import NAMES, bundled

COURSE = Path(__file__).parent.parent
SHEETS = {name: bundled(name) for name in NAMES}
EXERCISES = [(sheet, exercise) for sheet in SHEETS.values() for exercise in sheet.exercises]


def _slow(exercise: Exercise) -> bool:
    """Whether the exercise trains: answers of these take seconds each."""
    return any("train" in check.name or "learn" in check.name for check in exercise.checks)


def _cases() -> Iterator[object]:
    for sheet, exercise in EXERCISES:
        for label in labels(exercise):
            quick = label in ("starter", "solution") or label == next((f"wrong/{w.slug}" for w in exercise.wrong), "")
            marks = [pytest.mark.slow] if _slow(exercise) and not quick else []
            yield pytest.param(sheet.id, exercise, label, id=f"{exercise.id}/{label}", marks=marks)


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """One host for everything in this module."""
    settings = next(iter(SHEETS.values())).settings
    with Host(settings, secret=(COURSE,)) as host:
        made = {name: Grader(sheet, host) for name, sheet in SHEETS.items()}
        yield made
        for grader in made.values():
            grader.__exit__(None, None, None)


@pytest.fixture(scope="module")
def seen() -> dict[tuple[str, str], Row]:
    """(exercise, label) -> what became of it, filled by the tests below."""
    return {}


@pytest.fixture
def once(monkeypatch, searched) -> None:
    """Of each battery the first answer that fails gets its simplest example, which takes a third of the time of all this; the
    others are shown the one that they failed at."""
    agrees = importlib.import_module("autograder.checks.agrees")
    search = agrees.counterexample

    def counterexample(battery: Any, answer: Any, start: Any, first: Any, unit: str = "") -> tuple[str, str]:
        if id(battery) in searched:
            return agrees._shown(battery, start, first, battery.expect(start), unit)
        searched[id(battery)] = battery
        return search(battery, answer, start, first, unit)

    monkeypatch.setattr(agrees, "counterexample", counterexample)


@pytest.fixture(scope="module")
def searched() -> dict[int, Any]:
    return {}


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(("sheet", "exercise", "label"), list(_cases()))
def test_a_labelled_answer_earns_and_is_called_what_it_says(graders, seen, sheet, exercise, label):
    seen[exercise.id, label] = found = row(graders[sheet], exercise, label)
    assert not found.miss, f"expected {found.expected}, found {found.found}"


@pytest.mark.slow
@pytest.mark.parametrize(("sheet", "exercise"), [pytest.param(s.id, e, id=e.id) for s, e in EXERCISES if not _slow(e)])
def test_every_labelled_answer_gets_the_simplest_example(graders, sheet, exercise):
    for label in labels(exercise):
        found = row(graders[sheet], exercise, label)
        assert not found.miss, f"{label}: expected {found.expected}, found {found.found}"


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.id) for _, e in EXERCISES])
def test_every_check_catches_something(seen, exercise):
    rows = [seen.get((exercise.id, label)) for label in labels(exercise)]
    if None in rows:
        pytest.skip("not all of its answers ran")
    assert not uncaught(exercise, filter(None, rows)).miss


def test_the_sheets_leave_nothing_out_that_students_read():
    assert not [found for sheet in SHEETS.values() for found in unsaid(sheet)]


def test_the_sheet_has_as_many_labelled_answers_as_it_promises():
    assert sum(len(exercise.wrong) for _, exercise in EXERCISES) >= 80
    assert sum(len(exercise.right) for _, exercise in EXERCISES) >= 40
