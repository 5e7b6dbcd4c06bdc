"""What is on disk of a review: decisions and what hangs on them."""

import pytest

from autograder.grading.marks import Mark, Reading
from autograder.grading.store import Store

KEY, OTHER = ("anna", "essay", "idea"), ("ben", "essay", "idea")
MARK = Mark(1.5, "nearly", "0" * 16)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "review.db") as store:
        yield store


def test_decisions_are_counted_and_what_came_after_one_is_known(store):
    assert (store.last, store.since(0)) == (0, set())
    first = store.decide({KEY: MARK}, marker="ta", said="One.")
    second = store.decide({OTHER: MARK}, marker="ta", said="Two.")
    assert (store.last, second - first) == (second, 1)
    assert store.since(0) == {KEY, OTHER}
    assert store.since(first) == {OTHER}
    assert store.since(second) == set()
    store.undo(second)
    assert store.since(0) == {KEY}
    assert store.last == second
    store.undo(second, undone=False)
    assert store.since(first) == {OTHER}


def test_a_second_pass_is_apart_from_the_first(store):
    decision = store.decide({KEY: MARK}, marker="tb", said="Again.", number=2)
    assert store.since(0) == set()
    assert store.since(0, 2) == {KEY}
    assert store.since(decision, 2) == set()
    assert store.marks().rows == {}
    assert store.marks(2).rows.keys() == {KEY}


def test_what_was_read_stays_known_when_it_is_undone(store):
    decision = store.read("anna", "essay", Reading("Because.", "0" * 16), marker="ta", said="Read.")
    assert store.was_read == {("anna", "essay")}
    assert store.marks().readings == {("anna", "essay"): Reading("Because.", "0" * 16)}
    store.undo(decision)
    assert store.was_read == {("anna", "essay")}
    assert store.marks().readings == {}


def test_what_is_kept_beside_the_marks_comes_back(store):
    assert store.setting("marker") == ""
    store.keep_setting("marker", "ta")
    store.keep_setting("marker", "tb")
    assert store.setting("marker") == "tb"
    assert store.setting("other") == ""
    store.keep_published("canvas", {("anna", "essay"): (1.5, "nearly"), ("ben", "essay"): (None, "")})
    assert store.published("canvas") == {("anna", "essay"): (1.5, "nearly"), ("ben", "essay"): (None, "")}
    assert store.published("moodle") == {}
    store.keep_draft("essay/1", {"points": ["1", "2"]})
    assert store.draft("essay/1") == {"points": ["1", "2"]}
    assert store.draft("essay/2") == {}
