"""The time left is right soon, however long the start took."""

import io

import pytest
from rich.console import Console

from autograder.commands import progress as module
from autograder.commands.progress import Pace, progress


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


def test_a_log_has_a_line_in_the_words_of_the_command(monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0.0)
    out = io.StringIO()
    with progress(3, Console(file=out), "recorded") as tick:
        for name in "abc":
            tick(name)
    assert [line.split(",")[0] for line in out.getvalue().splitlines()] == ["recorded 1 of 3", "recorded 2 of 3"]
