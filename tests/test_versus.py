"""The comparison with other graders: what is computed from its rows, what is measured, and that its page says what was kept."""

import json
import os
import subprocess
import sys

import pytest
import torch

from autograder.model import Call, Outcome
from benchmarks.versus import page
from benchmarks.versus.asked import ASSERTS, _example, keep
from benchmarks.versus.contenders import otter_test
from benchmarks.versus.figures import Figures, targets
from benchmarks.versus.measured import Cost, below, proportional
from benchmarks.versus.plan import FULL, Run
from tests.conftest import REPOSITORY


def row(who, count, workers, wall, processor=None, memory=100.0):
    numbers = {"wall": wall, "processor": processor or wall, "memory": [memory] * len(wall)}
    return {"who": who, "count": count, "workers": workers, **numbers}


ROWS = [
    row("engine", 1, 1, [3.0, 2.0, 9.0]),
    row("engine", 20, 1, [4.0]),
    row("engine", 200, 1, [40.0], [38.0]),
    row("engine", 200, 2, [25.0], [40.0]),
    row("nbgrader", 1, 1, [6.0]),
    row("nbgrader", 3, 1, [16.0]),
    row("otter", 1, 1, [8.0]),
    row("floor", 200, 1, [6.0]),
]
FIGURES = Figures({"rows": ROWS, "machine": "one machine"})


def test_a_figure_is_the_median_of_its_turns():
    assert FIGURES.measured("engine", 1, 1, "wall") == 3.0


def test_one_more_student_costs_the_slope_between_the_largest_classes():
    assert FIGURES.one_more("nbgrader", 1, "wall") == pytest.approx(5.0)
    assert FIGURES.one_more("otter", 1, "wall") == pytest.approx(8.0)
    assert FIGURES.one_more("engine", 1, "processor") == pytest.approx(34 / 180)


def test_one_class_with_two_workers_tells_the_start_alone():
    assert FIGURES.one_more("engine", 2, "wall") == pytest.approx(36 / 180 / 2)
    assert FIGURES.one_more("engine", 2, "processor") == pytest.approx(34 / 180)


def test_what_was_not_measured_follows_the_slope_and_says_so():
    assert FIGURES.said("nbgrader", 20, 1, "wall") == (pytest.approx(16 + 17 * 5), False)
    assert FIGURES.said("nbgrader", 1, 1, "wall") == (6.0, True)
    assert FIGURES.said("nbgrader", 200, 1, "memory") == (100.0, False)
    assert "~101 " in page.table(FIGURES)


def test_what_is_aimed_at_is_met_or_missed_by_a_factor():
    found = {target.name.replace("`", ""): target for target in targets(FIGURES)}
    nbgrader = found["nbgrader autograde ÷ autograder grade, 200 submissions"]
    assert nbgrader.found == pytest.approx((16 + 197 * 5) / 38)
    assert not nbgrader.is_met
    assert nbgrader.missed_by == pytest.approx(40 / nbgrader.found)
    assert found["otter run ÷ autograder grade, 200 submissions"].is_met
    assert found["one more right submission ÷ the calls alone"].found == pytest.approx(34 / 180 / 0.03)
    two = found["two workers ÷ one, 200 submissions"]
    assert (two.found, two.wall) == (pytest.approx(2 * 38 / 40), pytest.approx(40 / 25))


class Clock:
    """Ten seconds for every row."""

    def __init__(self):
        self.time, self.rows = 0.0, []

    def cost_of(self, row):
        self.time += 10.0
        self.rows.append(row)
        return Cost(1.0, 1.0, 1.0)


@pytest.mark.parametrize(("seconds", "measured"), [(1000.0, 5), (40.0, 4), (15.0, 2), (5.0, 1)])
def test_a_run_begins_nothing_once_its_time_is_used(seconds, measured):
    clock, a, b = Clock(), ("engine", 1, 1), ("otter", 1, 1)
    found = Run({a: 3, b: 2}, seconds, clock.cost_of, lambda said: None, now=lambda: clock.time).measure()
    assert len(clock.rows) == measured
    assert clock.rows[:4] == [a, b, a, b][:measured]
    assert [len(kept["wall"]) for kept in found] == [n for n in map(clock.rows.count, (a, b)) if n]


def test_the_time_left_is_said():
    clock, said = Clock(), []
    Run({("otter", 1, 1): 3}, 1000.0, clock.cost_of, said.append, now=lambda: clock.time).measure()
    assert [line.partition("; ")[2] for line in said] == [f"about {left} s left" for left in (20, 10, 0)]


BURNS = """
import os, time
if os.fork():
    os._exit(0)
if os.fork():
    os._exit(0)
while time.process_time() < 0.3:
    pass
"""


def measured_elsewhere(source, folder):
    """The processor's seconds of a program; in a process of its own, since all children are waited for."""
    asked = f"""
from pathlib import Path
from benchmarks.versus.measured import Command, cost
print(cost([[Command(({sys.executable!r}, "-c", {source!r}), Path({str(folder)!r}))]]).processor)
"""
    return subprocess.run([sys.executable, "-c", asked], cwd=REPOSITORY, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")
def test_the_seconds_of_an_orphan_count(tmp_path):
    assert float(measured_elsewhere(BURNS, tmp_path).stdout) >= 0.3


def test_a_command_that_fails_is_quoted(tmp_path):
    done = measured_elsewhere("import sys; print('no such thing'); sys.exit(3)", tmp_path)
    assert "ended with 3:\nno such thing" in done.stderr


def test_memory_is_that_of_processes_below():
    child = subprocess.Popen([sys.executable, "-c", "input(1)"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert child.stdout.read(1) == b"1"  # it is there
        assert child.pid in below(os.getpid())
        assert 1.0 < proportional(child.pid) < 500.0
    finally:
        child.communicate(b"\n")
    assert proportional(child.pid) == 0.0


def examples():
    """Two calls of x -> x², the second differentiated."""
    x = torch.tensor([1.0, 2.0, 3.0])
    plain, sloped = Call("square", (x,)), Call("square", (x,), gradients=(0,))
    return [_example(plain, Outcome(x**2)), _example(sloped, Outcome(x**2, gradients=(2 * x,)))]


@pytest.mark.parametrize(
    ("source", "passes"),
    [("return x * x", True), ("return x * abs(x)", True), ("return x + x", False), ("return x * x.detach()", False)],
)
def test_the_asserts_pass_right_answers_alone(source, passes, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keep({"square": examples()}, tmp_path / "examples.pt")
    answers: dict = {}
    exec(f"def square(x):\n    {source}", answers)
    if passes:
        exec(ASSERTS.format(name="square"), answers)
    else:
        with pytest.raises(AssertionError):
            exec(ASSERTS.format(name="square"), answers)


def test_otters_test_takes_the_function_and_makes_the_same_asserts():
    made: dict = {}
    source = otter_test("square", ASSERTS.format(name="square"))
    exec(source.replace("from otter.test_files import test_case", "test_case = lambda **_: lambda test: test"), made)
    assert (made["name"], made["OK_FORMAT"]) == ("square", False)
    with pytest.raises(FileNotFoundError, match=r"examples\.pt"):
        made["test_square"](lambda x: x)


def test_every_row_is_of_somebody_who_has_a_title():
    assert {who for who, _, _ in FULL} <= set(page.TITLES)


def test_the_page_says_what_was_kept():
    figures = Figures(json.loads(page.RESULTS.read_text(encoding="utf-8")))
    assert page.PAGE.read_text(encoding="utf-8") == page.rendered(figures), "python -m benchmarks.versus.page renews it"
