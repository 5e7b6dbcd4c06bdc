"""The student's own check of formulas: as much as the sheet makes public, without the solution, in a course and in its pack."""

import dataclasses
import zlib
from types import SimpleNamespace

import pytest

from autograder.checks.as_read import NAMES
from autograder.course import own_sheet, pack, read_pack
from autograder.intake import AnswerCell, find_texts
from autograder.model import CourseError, Mistake, NeedsPerson, Settings, Sheet
from autograder.student import wire
from tests.sheets import bundled

NAME = "generative_models"


@pytest.fixture(scope="module")
def formulas() -> Sheet:
    """The exercises of the real sheet whose answers are formulas."""
    sheet = bundled(NAME)
    return dataclasses.replace(sheet, exercises=tuple(e for e in sheet.exercises if any(c.own for c in e.checks)))


def level(sheet: Sheet, formulas) -> Sheet:
    return dataclasses.replace(sheet, settings=dataclasses.replace(sheet.settings, formulas=formulas))


@pytest.fixture(scope="module")
def packed(formulas, tmp_path_factory):
    path = tmp_path_factory.mktemp("pack") / f"{NAME}.checks"
    path.write_bytes(pack(formulas, lambda *_: None))
    return path


@pytest.mark.parametrize("given", ["most", "", 1, None, "Steps"])
def test_a_setting_that_does_not_exist_is_said_when_it_is_read(given):
    with pytest.raises(CourseError, match='formulas must be "read", "steps" or "all"'):
        Settings(formulas=given)


def test_the_sheet_says_how_much_is_public(formulas):
    assert own_sheet(level(formulas, "all")) == level(formulas, "all")
    for word in ("read", "steps"):
        for exercise in own_sheet(level(formulas, word)).exercises:
            assert [check.name for check in exercise.checks if check.visibility == "public"] == [NAMES[word]]
    assert Settings().formulas == "steps"
    assert len(formulas.exercises) == 4


@pytest.mark.parametrize("word", ["read", "steps", "all"])
def test_points_add_up_to_the_sheets(formulas, word, tmp_path):
    sheet = level(formulas, word)
    path = tmp_path / "x.checks"
    path.write_bytes(pack(sheet, lambda *_: None))
    for other in (own_sheet(sheet), read_pack(path)):
        for mine, theirs in zip(other.exercises, sheet.exercises, strict=True):
            assert mine.points == theirs.points
            assert sum(c.points for c in mine.checks) == pytest.approx(sum(c.points for c in theirs.checks))


def test_a_pack_never_judges_against_the_target(formulas, tmp_path):
    path = tmp_path / "x.checks"
    path.write_bytes(pack(level(formulas, "all"), lambda *_: None))
    assert {e.checks[0].name for e in read_pack(path).exercises} == {NAMES["steps"]}


def test_the_pack_finds_what_the_course_finds_and_no_right_step_is_doubted(formulas, packed):
    for there, here in zip(own_sheet(formulas).exercises, read_pack(packed).exercises, strict=True):
        exercise = formulas.exercise(there.id)
        for source in [exercise.solution, *exercise.right.values(), *(wrong.source for wrong in exercise.wrong)]:
            answer = SimpleNamespace(fault=None, text=text_of(source, exercise))
            assert outcome(there.checks[0], answer) == outcome(here.checks[0], answer)
        for source in [exercise.solution, *exercise.right.values()]:
            found = outcome(here.checks[0], SimpleNamespace(fault=None, text=text_of(source, exercise)))
            assert isinstance(found, tuple), found


def test_the_pack_says_where_a_chain_breaks(formulas, packed):
    """Of the labelled chains those that break are named with the line that the full judgment names."""
    broken = 0
    for exercise in read_pack(packed).exercises:
        full = next((c for c in formulas.exercise(exercise.id).checks if c.name == "every line follows"), None)
        for wrong in formulas.exercise(exercise.id).wrong if full else ():
            answer = SimpleNamespace(fault=None, text=text_of(wrong.source, exercise))
            known, found = outcome(full, answer), outcome(exercise.checks[0], answer)
            if isinstance(found, str) and isinstance(known, str):
                assert found.split(" ")[:2] == known.split(" ")[:2]
                broken += 1
    assert broken >= 8


def text_of(source, exercise) -> str:
    return find_texts([AnswerCell("code", source, 1)], [exercise]).answers[exercise.id]


def outcome(check, answer):
    try:
        return check.run(answer)
    except (Mistake, NeedsPerson) as found:
        return found.message


# ------------------------------------------------------------------ what is in the file


def test_no_string_of_the_pack_is_an_answer(formulas, packed):
    """Every string in what is recorded of checks is tried as an answer, alone and in a game: none earns a point.
    (A name that the task uses, J^(D), says nothing by itself; a game of that name is the student's own thought.)"""
    raw = packed.read_bytes().partition(b"\n")[2]
    frame = zlib.decompress(raw)
    size, _ = wire.HEADER.unpack_from(frame)
    start = wire.HEADER.size
    data = wire.loads(frame[start : start + size], bytearray(frame[start + size :]), wire.REQUEST)
    for recorded in data["exercises"]:
        exercise = formulas.exercise(recorded["id"])
        assert recorded["wrong"] == []
        for text in sorted(set(strings(recorded["checks"]))):
            named = text in recorded["checks"][0]["language"]["labels"]
            for tried in (text,) if named else (text, f"min_G max_D {text}", f"min_G max_D -({text})"):
                answer = SimpleNamespace(fault=None, text=tried)
                earned = [c.name for c in exercise.checks if c.points and isinstance(outcome(c, answer), tuple)]
                assert not set(earned) - {"every line follows"}, (exercise.id, tried)


def test_no_formula_of_the_course_is_in_the_pack(formulas, packed):
    """Not even another one of the same value, but for a KL, which only names what is asked."""
    texts = zlib.decompress(packed.read_bytes().partition(b"\n")[2]).decode("utf-8", "replace")
    for exercise in formulas.exercises:
        for source in [exercise.solution, *exercise.right.values()]:
            task = "".join((exercise.task + exercise.starter).split())
            for row in text_of(source, exercise).splitlines():
                said = "".join(row.split())
                assert len(said) < 20 or said in task or row.strip() not in texts


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from [text for pair in value.items() for part in pair for text in strings(part)]
    elif isinstance(value, list | tuple):
        yield from [text for part in value for text in strings(part)]
