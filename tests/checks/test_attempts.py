"""How often a training is tried, and what is said when none of the attempts is good enough."""

from types import SimpleNamespace

import pytest

from autograder.checks.session import Attempt, Session, Stopped, either
from autograder.checks.trains import _first_good
from autograder.model import Mistake
from autograder.training import mnist

ATTEMPTS = [Attempt(seed, 100) for seed in (1, 2, 3)]


def tried(outcomes, *, costs=1.0, seconds=30.0):
    """(what came of it, seeds of the attempts made): of each attempt a Mistake to raise, or what to show."""
    answer = SimpleNamespace(spent=0.0)
    session = Session(answer, "", "cpu", seconds, 0.0, mnist())
    made = []

    def judge(session, attempt):
        made.append(attempt.seed)
        answer.spent += costs
        outcome = outcomes[attempt.seed - 1]
        if isinstance(outcome, Mistake):
            raise outcome
        return (outcome,)

    try:
        return _first_good(session, judge, ATTEMPTS), made
    except Mistake as found:
        return found, made


BAD, WORSE = Mistake("Learned too little."), Mistake("Learned nothing.")
NAMED, STOPPED = Mistake("Cut off.", name="detached"), Stopped("Your code raised ValueError.", kind="exception")


@pytest.mark.parametrize(
    ("outcomes", "becomes", "made"),
    [
        (["shown"], ("shown",), [1]),
        ([BAD, "shown"], ("shown",), [1, 2]),
        ([BAD, WORSE, "shown"], ("shown",), [1, 2, 3]),
        ([BAD, WORSE, WORSE], BAD, [1, 2, 3]),  # the first one's finding stands
        ([NAMED, "shown"], NAMED, [1]),  # no luck explains it
        ([BAD, NAMED, "shown"], NAMED, [1, 2]),
        ([STOPPED, "shown"], STOPPED, [1]),  # it would fail the same way again
        ([BAD, STOPPED, "shown"], BAD, [1, 2]),
    ],
)
def test_a_training_is_tried_again_where_luck_may_explain_it(outcomes, becomes, made):
    assert tried(outcomes) == (becomes, made)


@pytest.mark.parametrize(("costs", "made"), [(9.0, [1, 2, 3]), (15.0, [1, 2]), (30.0, [1]), (31.0, [1])])
def test_all_attempts_share_the_seconds(costs, made):
    assert tried([BAD, WORSE, WORSE], costs=costs) == (BAD, made)


def test_what_is_left_of_the_seconds_counts_from_where_the_check_began():
    session = Session(SimpleNamespace(spent=12.0), "", "cpu", 30.0, 10.0, mnist())
    assert session.left == 28.0


def way(outcome):
    def ask():
        if isinstance(outcome, Mistake):
            raise outcome
        return outcome

    return ask


@pytest.mark.parametrize(
    ("first", "second", "becomes"),
    [
        (BAD, WORSE, "Learned too little.\nFlat: Learned nothing."),
        (BAD, BAD, "Learned too little."),
        (NAMED, "b", "Cut off."),
        (Stopped("Too slow.", kind="timeout"), "b", "Too slow."),
    ],
)
def test_another_way_of_asking_does_not_always_matter(first, second, becomes):
    with pytest.raises(Mistake) as found:
        either({"Square": way(first), "Flat": way(second)})
    assert found.value.message == becomes


@pytest.mark.parametrize("first", ["b", BAD, STOPPED])  # an exception may be of one way alone
def test_another_way_of_asking_is_tried_where_it_may(first):
    assert either({"Square": way(first), "Flat": way("b")}) == "b"


def test_an_attempt_says_how_it_was_trained():
    assert str(Attempt(3, 100, 1e-3, "SGD")) == "100 steps of SGD at 0.001, seed 3"
