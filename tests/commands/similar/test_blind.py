"""Answers that were taken over and disguised stand beside their source; answers that nobody took from another do not."""

import random
from difflib import SequenceMatcher

import pytest

from autograder.commands.similar.handed_in import Handed, Place, taken_away
from autograder.commands.similar.pairs import compared
from autograder.course import load_sheet
from autograder.model import Sheet
from tests.commands.similar.disguise import disguised
from tests.conftest import REPOSITORY

SHEETS = ("deep_learning_basics", "generative_models")
COPIES = 10


@pytest.fixture(scope="module", params=SHEETS)
def course_sheet(request) -> Sheet:
    return load_sheet(request.param, REPOSITORY)


def class_of(sheet: Sheet) -> tuple[list[Handed], dict[str, str]]:
    """Each unusual right answer in code as one student's only answer, ten of them disguised as another's; copy -> source."""
    right = {
        f"{exercise.id} {stem}": (exercise, source)
        for exercise in sheet.exercises
        for stem, source in sorted(exercise.right.items())
        if exercise.kind == "code"
    }
    handed = [Handed(name, (Place(e.id, "code", source),)) for name, (e, source) in right.items()]
    chosen = random.Random(2026).sample(sorted(right), COPIES)
    copies = {f"copy {i}": name for i, name in enumerate(chosen)}
    for i, (copy, name) in enumerate(copies.items()):
        exercise, source = right[name]
        handed.append(Handed(copy, (Place(exercise.id, "code", disguised(source, i)),)))
    return handed, copies


def one_from_the_other(one: str, other: str) -> bool:
    """Whether two labelled answers have a stretch of characters in common that only copying explains: the course's author made
    some of them by changing a line of another."""
    one, other = ("".join(line for line in text.split("\n") if "import" not in line) for text in (one, other))
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size >= 80


def test_disguised_copies_stand_beside_their_source_and_independent_answers_do_not(course_sheet):
    handed, copies = class_of(course_sheet)
    found = [tuple(pair.students) for pair in compared(handed, taken_away(course_sheet)).pairs]
    meant = [{copy, source} for copy, source in copies.items()]
    assert [both for both in meant if both not in map(set, found)] == []
    text = {one.student: one.places[0].text for one in handed}
    sources = [(copies.get(one, one), copies.get(other, other)) for one, other in found if {one, other} not in meant]
    assert [both for both in sources if not one_from_the_other(*(text[name] for name in both))] == []
