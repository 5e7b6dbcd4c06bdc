"""The time left is right soon, however long the start took."""

import pytest

from autograder.commands.progress import Pace


@pytest.mark.parametrize("start", [0.0, 30.0])
def test_the_time_left_is_right_within_a_fifth_after_the_first_twentieth(start):
    clock = iter([0.0, *(start + 0.4 * i + (2.0 if i > 3 else 0.5 * i) for i in range(1, 1001))])
    pace = Pace(1000, lambda: next(clock))
    for done in range(1, 1001):
        pace.tick()
        truth = 0.4 * (1000 - done)
        assert done < 50 or abs(pace.left() - truth) <= 0.2 * truth + 1e-9


def test_nothing_is_said_before_anything_is_done():
    assert Pace(10).left() == 0
