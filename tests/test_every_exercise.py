"""The course grades itself: what every labelled answer earns, is recognised as, and that every check catches something.

Exercises, answers and checks are found, not listed here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import load_sheet
from autograder.course.choice import sheets
from autograder.grading import Grader, labelled
from autograder.model import Exercise, Result, Status, Wrong
from autograder.student import Host

COURSE = Path(__file__).parent.parent
SHEETS = {name: load_sheet(name, COURSE) for name in sheets(COURSE)}
EXERCISES = [(sheet, exercise) for sheet in SHEETS.values() for exercise in sheet.exercises]


def _slow(exercise: Exercise) -> bool:
    """Whether the exercise trains: answers of these take seconds each."""
    return any("train" in check.name or "learn" in check.name for check in exercise.checks)


def _cases(kind: str) -> list[object]:
    cases: list[object] = []
    for sheet, exercise in EXERCISES:
        answers = {
            "wrong": [(w.slug, w) for w in exercise.wrong],
            "right": [("solution", exercise.solution), *exercise.right.items()],
        }[kind]
        slow = _slow(exercise)
        for i, (label, answer) in enumerate(answers):
            marks = [pytest.mark.slow] if slow and i > 0 else []
            cases.append(pytest.param(sheet.id, exercise, label, answer, id=f"{exercise.id}/{label}", marks=marks))
    return cases


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
def caught() -> dict[str, set[str]]:
    """Exercise -> names of the checks that a wrong answer failed, filled by the tests below."""
    return {}


def _grade(graders: dict[str, Grader], sheet: str, exercise: Exercise, label: str, source: str) -> Result:
    report = graders[sheet].grade(labelled(source, label, exercise), [exercise.id])
    return report.results[0]


def _said(result: Result) -> str:
    return "\n".join(
        f"{f.check}: {f.status} {f.mistake or ''} {f.message} {f.counterexample or ''}"
        for f in result.findings
        if f.status is not Status.PASSED
    )


@pytest.mark.parametrize(("sheet", "exercise"), [pytest.param(s.id, e, id=e.id) for s, e in EXERCISES])
def test_the_starter_earns_nothing(graders, sheet, exercise):
    result = _grade(graders, sheet, exercise, "starter", exercise.starter)
    assert result.score == 0, _said(result)


@pytest.mark.parametrize(("sheet", "exercise", "label", "source"), _cases("right"))
def test_a_right_answer_earns_everything(graders, sheet, exercise, label, source):
    result = _grade(graders, sheet, exercise, label, source)
    if exercise.rubric:
        assert {f.status for f in result.findings} == {Status.PENDING}
        return
    assert {f.status for f in result.findings} == {Status.PASSED}, _said(result)
    assert result.score == pytest.approx(exercise.points)


@pytest.mark.parametrize(("sheet", "exercise", "label", "wrong"), _cases("wrong"))
def test_a_wrong_answer_is_recognised(graders, caught, sheet, exercise, label, wrong: Wrong):
    result = _grade(graders, sheet, exercise, f"wrong/{label}", wrong.source)
    failed = {f.check: f for f in result.findings if f.status is Status.FAILED}
    caught.setdefault(exercise.id, set()).update(failed)

    assert wrong.fails in failed, f"passes it:\n{_said(result)}"
    finding = failed[wrong.fails]
    assert finding.mistake == wrong.mistake, _said(result)
    if wrong.tell and not _slow(exercise):  # what a training check says holds the numbers it measured
        assert finding.message == wrong.tell
    assert finding.message.endswith((".", "?", ")")), finding.message
    assert result.score == pytest.approx(exercise.points * wrong.credit, abs=1e-5), _said(result)


@pytest.mark.parametrize("exercise", [pytest.param(e, id=e.id) for _, e in EXERCISES])
def test_every_check_catches_something(request, caught, exercise):
    if exercise.rubric:
        pytest.skip("a person reads these")
    run = {item.callspec.id for item in request.session.items if item.function is test_a_wrong_answer_is_recognised}
    if not {f"{exercise.id}/{wrong.slug}" for wrong in exercise.wrong} <= run:
        pytest.skip("not all of its wrong answers ran")
    assert {check.name for check in exercise.checks} == caught.get(exercise.id, set())


def test_the_sheet_has_as_many_labelled_answers_as_it_promises():
    assert sum(len(exercise.wrong) for _, exercise in EXERCISES) >= 80
    assert sum(len(exercise.right) for _, exercise in EXERCISES) >= 40


def test_sentences_for_students_end_as_sentences():
    for _, exercise in EXERCISES:
        for wrong in exercise.wrong:
            assert not wrong.tell or re.search(r"[.?!)]$", wrong.tell), f"{exercise.id}/{wrong.slug}: {wrong.tell}"
            assert not wrong.name.endswith("."), f"{exercise.id}/{wrong.slug}: {wrong.name}"
