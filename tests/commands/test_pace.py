"""The time left is right within a fifth after the first twentieth, in runs that are simulated: no clock is asked."""

import heapq
import random

import pytest

from autograder.commands.pace import Pace
from autograder.grading.turns import SAMPLE, Turns
from autograder.model import Submission

COUNT = 1000


def simulated(pieces, workers, expected, *, start=8.0, load=lambda when: 1.0):
    """(pieces done, seconds that are said to be left, seconds that are), after each piece.

    Args:
        pieces: kind, seconds of work, kind of the piece that it brings.
        start: seconds until the first worker is there; each other needs a tenth more.
        load: seconds that a second of work takes, by the time at which the piece is begun.
    """
    clock = [0.0]
    pace = Pace(expected, workers, now=lambda: clock[0])
    free = [start * (1 + i / 10) for i in range(workers)]
    ends = []
    for kind, work, brings in pieces:
        when = heapq.heappop(free)
        took = work * load(when)
        heapq.heappush(free, when + took)
        ends.append((when + took, kind, took, brings))
    ends.sort()
    for done, (when, kind, took, brings) in enumerate(ends, 1):
        clock[0] = when
        pace.tick(kind, seconds=took, brings=brings)
        yield done, pace.left(), ends[-1][0] - when


def off(said):
    """Those of the estimates after the first twentieth, and before the last one, that are wrong by more than a fifth."""
    said = list(said)
    counted = [(done, left, truth) for done, left, truth in said if 0.05 <= done / len(said) <= 0.95]
    assert len(counted) > 100
    return [found for found in counted if abs(found[1] - found[2]) > 0.2 * found[2]]


def trainings_last():
    """In the order in which a class is graded."""
    turns, made = Turns([Submission(str(i), "", "") for i in range(COUNT)], apart=True), []
    while turns:
        turn = turns.take()
        made.append(("trained", 9.0, "") if turn.training else ("graded", 0.5, "trained"))
        if not turn.training:
            turns.again(turn.submission)
    assert [kind for kind, *_ in made[:COUNT]].count("trained") == COUNT // SAMPLE - 2
    return made


def evenly(seconds):
    return [("graded", seconds(i), "") for i in range(COUNT)]


CHANCE = random.Random(0)
RUNS = {
    "even costs": (evenly(lambda i: 0.5), {"graded": COUNT}),
    "costs by chance": (evenly(lambda i: CHANCE.uniform(0.2, 1.0)), {"graded": COUNT}),
    "trainings at the end": (trainings_last(), {"graded": COUNT}),
    "a tenth of slow submissions": (evenly(lambda i: 4.0 if i % 10 == 4 else 0.5), {"graded": COUNT}),
    "a slow start": (evenly(lambda i: 0.5 + 10 / (1 + i // 8) if i < 16 else 0.5), {"graded": COUNT}),
    "reuse of half": (
        [("renewed", 0.05, "") if i % 2 else ("graded", 0.5, "") for i in range(COUNT)],
        {"graded": COUNT // 2, "renewed": COUNT // 2},
    ),
}


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("name", RUNS)
def test_the_time_left_is_right_within_a_fifth_after_the_first_twentieth(name, workers):
    pieces, expected = RUNS[name]
    assert off(simulated(pieces, workers, expected)) == []


def test_a_machine_that_is_busy_with_other_work_from_now_on_is_noticed():
    said = simulated(evenly(lambda i: 0.5), 2, {"graded": COUNT}, load=lambda when: 1.0 if when < 70 else 3.0)
    later = [(left, truth) for done, left, truth in said if 0.5 * COUNT <= done <= 0.95 * COUNT]
    assert all(abs(left - truth) <= 0.2 * truth for left, truth in later)


def test_nothing_is_said_before_anything_is_done():
    assert Pace({"graded": 10}).left() == 0


def test_where_nobody_says_what_a_piece_took_the_time_between_two_counts():
    clock = iter(range(0, 100, 2))
    pace = Pace({"recorded": 10}, now=lambda: next(clock))
    for _ in range(4):
        pace.tick("recorded")
    assert pace.left() == 12


def test_what_is_brought_is_expected_at_the_rate_at_which_it_came():
    pace = Pace({"graded": 10, "trained": 1}, now=lambda: 0.0)
    for brings in ("trained", "", "trained", ""):
        pace.tick("graded", seconds=1.0, brings=brings)
    assert (pace.kinds, pace.of("graded"), pace.of("trained"), pace.all) == (["graded", "trained"], 10, 6, 16)
