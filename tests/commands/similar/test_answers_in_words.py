"""Answers in words that were written blind: independent ones are no pair, and how many paraphrases are found."""

import tomllib
from pathlib import Path

import pytest

from autograder.commands.similar.handed_in import Handed, Place, taken_away
from autograder.commands.similar.pairs import compared
from autograder.course import load_sheet
from tests.conftest import REPOSITORY

BLIND = tomllib.loads(Path(__file__).with_name("blind.toml").read_text(encoding="utf-8"))
PARAPHRASES = BLIND.pop("paraphrase")


@pytest.fixture(scope="module")
def course():
    return taken_away(load_sheet("generative_models", REPOSITORY), REPOSITORY)


def found(course, others=()) -> set[tuple[str, ...]]:
    own = [
        Handed(name, tuple(Place(item, "text", text) for item, text in said.items())) for name, said in BLIND.items()
    ]
    return {pair.students for pair in compared([*own, *others], course).pairs}


def copies(kind: str) -> list[Handed]:
    return [
        Handed(f"{one['of']} {one['item']}", (Place(one["item"], "text", one["text"]),))
        for one in PARAPHRASES
        if one["kind"] == kind
    ]


def test_no_two_of_forty_independent_answers_are_shown(course):
    assert sum(map(len, BLIND.values())) == 40
    assert found(course) == set()


@pytest.mark.parametrize(("kind", "least"), [("near", 10), ("far", 0)])
def test_what_was_said_again_with_many_of_its_words_is_found(course, kind, least):
    others = copies(kind)
    assert len(others) == 10
    pairs = found(course, others)
    meant = {tuple(sorted((copy.student, copy.student.split()[0]))) for copy in others}
    print(kind, len(pairs & meant), "of", len(meant))
    assert len(pairs & meant) >= least
    assert pairs <= meant
