"""The demonstration class: the copies that are in it are named, and its independent answers in words are not."""

import tomllib

import pytest

from autograder.commands.similar.handed_in import from_submissions, taken_away
from autograder.commands.similar.page import page
from autograder.commands.similar.pairs import Compared, compared
from autograder.course import load_sheet
from autograder.intake import submissions
from tests.conftest import REPOSITORY

WRITTEN = tomllib.loads((REPOSITORY / "demo" / "written.toml").read_text(encoding="utf-8"))
COPIES = {
    (frozenset((student, answer["from"])), item): answer["how"]
    for student, answers in WRITTEN.items()
    for item, answer in answers.items()
    if answer["kind"] == "copied"
}


def source(student: str, item: str) -> str:
    answer = WRITTEN[student][item]
    return source(answer["from"], item) if answer["kind"] == "copied" else student


@pytest.fixture(scope="module")
def sheet():
    return load_sheet("generative_models", REPOSITORY)


@pytest.fixture(scope="module")
def handed(sheet):
    return from_submissions(submissions([REPOSITORY / "demo" / "class"], sheet).submissions, sheet)


@pytest.fixture(scope="module")
def found(sheet, handed) -> Compared:
    return compared(handed, taken_away(sheet, REPOSITORY))


def in_words(found: Compared) -> list[tuple[frozenset[str], str]]:
    return [
        (frozenset((shared.one.student, shared.other.student)), shared.one.place.where)
        for pair in found.pairs
        for shared in pair.shared
        if shared.one.place.where in WRITTEN["ada"]
    ]


def test_every_copy_that_differs_in_layout_or_a_few_words_is_named(found):
    meant = {place for place, how in COPIES.items() if how != "meaning"}
    assert len(meant) >= 25
    assert meant - set(in_words(found)) == set()


def test_no_two_independent_answers_in_words_are_named(found):
    assert [
        (sorted(students), item) for students, item in in_words(found) if len({source(s, item) for s in students}) > 1
    ] == []


def test_the_order_in_which_a_class_comes_changes_no_byte(sheet, handed, found):
    again = compared(list(reversed(handed)), taken_away(sheet, REPOSITORY))
    assert page(again, sheet) == page(found, sheet)
