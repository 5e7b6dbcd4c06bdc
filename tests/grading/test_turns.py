"""What is quick comes first; a sample of what takes long comes early."""

import pytest

from autograder.grading.turns import SAMPLE, Turns
from autograder.model import Submission


def class_of(count: int, name: str = "s") -> list[Submission]:
    return [Submission(f"{name}{i}", "", "") for i in range(count)]


def order(turns: Turns, *, trains: bool = True) -> list[tuple[str, bool]]:
    found = []
    while turns:
        turn = turns.take()
        found.append((turn.submission.student, turn.training))
        if not turn.training and trains:
            turns.again(turn.submission)
    return found


def test_trainings_come_after_all_that_is_quick_but_for_a_sample():
    found = order(Turns(class_of(100), apart=True))
    assert sorted(found) == sorted((f"s{i}", training) for i in range(100) for training in (False, True))
    trained = [i for i, (_, training) in enumerate(found) if training]
    early = [i for i in trained if i < 100]
    assert early[0] == 1 and len(early) == 100 // SAMPLE
    assert [student for student, training in found if training] == [f"s{i}" for i in range(100)]


def test_where_nothing_trains_everyone_comes_once():
    assert order(Turns(class_of(50), apart=True), trains=False) == [(f"s{i}", False) for i in range(50)]


def test_in_one_go_everyone_comes_once_with_trainings():
    assert order(Turns(class_of(3))) == [(f"s{i}", True) for i in range(3)]


def test_of_whom_the_trainings_alone_are_missing_comes_later():
    found = order(Turns(class_of(3), class_of(2, "t"), apart=True), trains=False)
    assert [student for student, _ in found] == ["s0", "t0", "s1", "s2", "t1"]


def test_there_is_no_turn_after_the_last():
    with pytest.raises(IndexError):
        Turns([]).take()
