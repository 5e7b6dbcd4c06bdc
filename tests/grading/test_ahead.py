"""What all checks ask in any case goes in one message; where that fails, each check asks for itself."""

import pytest

from autograder.grading.grader import Grader
from autograder.model import Status
from autograder.student.process import Process
from tests.conftest import RIGHT, SUM, hand_in


@pytest.fixture
def asked(monkeypatch):
    """The requests that reach a student's process: (process, kind)."""
    found, ask = [], Process.ask

    def noted(self, request, *args, **options):
        found.append((self, request["op"]))
        return ask(self, request, *args, **options)

    monkeypatch.setattr(Process, "ask", noted)
    return found


def test_a_right_answer_is_asked_once_in_public_and_once_in_another_process(grader, asked):
    report = grader.grade(hand_in(RIGHT), ["mean_square"])
    assert report.score == 1
    kinds = [kind for _, kind in asked]
    hidden = any(check.visibility == "hidden" for check in grader.sheet.exercise("mean_square").checks)
    assert kinds == ["load", "calls"] * (1 + hidden)
    assert len({process for process, _ in asked}) == 1 + hidden


def test_what_ends_the_process_is_judged_as_if_nothing_had_been_asked_ahead(grader, asked, monkeypatch):
    hangs = "def mean_square(x):\n    while x.numel() == 3: pass\n    return (x**2).mean()\n"
    ahead = grader.grade(hand_in(hangs), ["mean_square"])
    monkeypatch.setattr("autograder.grading.attempt.Attempt.ahead", lambda *_: None)
    apart = grader.grade(hand_in(hangs), ["mean_square"])
    assert ahead.results == apart.results


@pytest.mark.parametrize(
    "source",
    [
        RIGHT,
        SUM,
        "def mean_square(x):\n    raise ValueError('no')\n",
        "def mean_square(x):\n    return x.numpy().mean()\n",
        "import os\ndef mean_square(x):\n    os._exit(0)\n",
        "def mean_square(x):\n    x *= x\n    return x.mean()\n",
    ],
)
def test_the_findings_are_those_of_checks_that_ask_for_themselves(sheet, grader, source, monkeypatch):
    ahead = grader.grade(hand_in(source), ["mean_square"]).results
    monkeypatch.setattr("autograder.grading.attempt.Attempt.ahead", lambda *_: None)
    with Grader(sheet, grader.host) as other:
        apart = other.grade(hand_in(source), ["mean_square"]).results
    assert ahead == apart
    assert not any(f.status is Status.BROKEN for r in ahead for f in r.findings)
