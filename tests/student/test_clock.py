"""What counts of a process's time."""

import pytest

from autograder.model import Call
from autograder.student import Student
from autograder.student.clock import LEAST_BOUND, Clock, Reading
from tests.student.helpers import outcomes, submission


@pytest.mark.parametrize(
    ("wall", "cpu", "waited", "used"),
    [
        (10.0, 10.0, 0.0, 10.0),  # it computed
        (9.0, 0.0, 0.0, 3.0),  # it slept: a part counts
        (10.0, 1.0, 9.0, 1.0),  # it was kept from computing
        (10.0, 1.0, 6.0, 2.0),
        (10.0, 20.0, 0.0, 20.0),  # two threads
        (9.0, None, 0.0, 3.0),  # nothing is known but the wall's clock: the machine may be busy
    ],
)
def test_what_is_used_is_what_was_computed(wall, cpu, waited, used):
    assert Reading(wall, cpu, waited).since(Reading(0.0)) == pytest.approx(used)


def test_a_process_that_never_gets_a_processor_ends_some_day():
    now = [Reading(0.0)]
    clock = Clock(lambda: now[0])
    clock.begin(0.0, 1.0, 5.0)
    now[0] = Reading(LEAST_BOUND - 1, 0.5, LEAST_BOUND - 1.5)
    assert clock.left() == pytest.approx(0.5) and clock.busy
    now[0] = Reading(LEAST_BOUND + 1, 0.5, LEAST_BOUND + 0.5)
    assert clock.left() <= 0


def test_an_item_has_its_own_limit_within_that_of_all():
    now = [Reading(0.0)]
    clock = Clock(lambda: now[0])
    clock.begin(0.0, 2.0, 3.0)
    now[0] = Reading(1.9, 1.9)
    clock.next_item()
    assert clock.left() == pytest.approx(1.1)
    assert clock.used() == pytest.approx(1.9) and not clock.busy


def test_each_exercise_has_its_own_budget(host):
    slow = "import time\ndef f():\n    until = time.process_time() + 0.3\n    while time.process_time() < until: pass\n"
    with Student(host, submission(f"{slow}g = f")) as student:
        outcomes(student, Call("f", ()), Call("f", ()))
        assert student.for_("f").spent >= 0.6
        assert student.for_("g").spent == 0
        outcomes(student, Call("g", ()))
        assert 0.3 <= student.for_("g").spent < 0.6
