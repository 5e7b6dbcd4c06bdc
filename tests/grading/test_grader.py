"""One submission graded: verdicts, credit, and whose fault it is."""

from dataclasses import replace

import pytest

from autograder.grading.grader import Grader
from autograder.model import Check, Sheet, Status
from autograder.model.errors import InternalError, Mistake, NeedsPerson
from autograder.student import Answer, Student
from tests.conftest import RIGHT, SUM, TWICE, finding, hand_in

AGREES = "agrees with the reference"


def test_a_right_answer_earns_everything(grader):
    report = grader.grade(hand_in(RIGHT), ["mean_square"])
    assert (report.score, report.status) == (1, "graded")
    assert all(f.status is Status.PASSED for f in report.results[0].findings)


def test_a_known_mistake_is_named_and_keeps_its_credit(grader):
    report = grader.grade(hand_in(SUM), ["mean_square"])
    found = finding(report, AGREES)
    assert (found.mistake, found.message) == ("sum_for_mean", "You return the sum of the squares; the mean is asked.")
    assert report.score == 0.5
    assert "mean_square(x=[0, 1])\nexpected 0.5\nfound    1" in (found.counterexample or "")


def test_an_unknown_mistake_leaves_at_most_the_cap(grader):
    report = grader.grade(hand_in(TWICE), ["mean_square"])
    found = finding(report, AGREES)
    assert found.mistake is None
    assert "where 0.5 is expected" in found.message or "is expected" in found.message
    assert 0 < report.score <= 0.25


def test_the_line_of_the_answer_that_failed_is_known(grader):
    source = "import torch\n\n\ndef mean_square(x):\n    y = x**2\n    return y.men()\n"
    result = grader.grade(hand_in(source), ["mean_square"]).results[0]
    found = next(one for one in result.findings if one.check == AGREES)
    assert result.answer.split("\n")[found.line - 1] == "    return y.men()"


def test_the_findings_add_up_to_the_score(grader):
    for source in (RIGHT, SUM, TWICE):
        result = grader.grade(hand_in(source), ["mean_square"]).results[0]
        assert round(sum(f.points for f in result.findings), 6) == result.score
        assert round(sum(f.possible for f in result.findings), 6) == result.possible


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "mean_square"),
        ("def mean_square(x): return None", "None"),
        ("def mean_square(x): return 'high'", "'high'"),
        ("def mean_square(x): return x", "(2,)"),
        ("def mean_square(x): return x.mean() * float('nan')", "NaN"),
        ("def mean_square(x): raise ValueError('no')", "ValueError"),
        ("def mean_square(): return 1", "TypeError"),
        ("def mean_square(x): return mean_square(x)", "RecursionError"),
        ("import sys\ndef mean_square(x): sys.exit(0)", "ended the program"),
        ("import os\ndef mean_square(x): os._exit(0)", "ended"),
        ("import ctypes\ndef mean_square(x): ctypes.string_at(0)", "segmentation fault"),
        ("def mean_square(x):\n    while True: pass", "2 s"),
        ("def mean_square(x):\n    print('x' * 10**6)\n    return 2 * (x**2).mean()", "is expected"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence_and_costs_this_exercise_alone(grader, source, words):
    report = grader.grade(hand_in(source, essay="Because."))
    result = report.results[0]
    assert result.score is not None and result.score <= 0.25
    assert words in finding(report, AGREES).message
    assert report.results[1].findings[0].status is Status.PENDING


def test_the_same_reason_is_given_once(grader):
    report = grader.grade(hand_in("def mean_square(x): raise ValueError('no')"), ["mean_square"])
    messages = [f.message for f in report.results[0].findings if f.status is Status.FAILED]
    assert sum("ValueError" in message for message in messages) == 1
    assert any(message == f"For the same reason as “{AGREES}”." for message in messages)


def test_nothing_handed_in_and_the_unchanged_text_earn_nothing(grader):
    assert "Nothing was handed in" in finding(grader.grade(hand_in(RIGHT)), "reads as a full answer", "essay").message
    unchanged = grader.grade(hand_in(RIGHT, essay="Your  text."))
    assert "still the text that was handed out" in finding(unchanged, "reads as a full answer", "essay").message
    assert unchanged.results[1].score == 0


def test_an_unreadable_file_is_a_report_too(grader):
    report = grader.grade(replace(hand_in(RIGHT), problem="It is no notebook.", cells=()))
    assert (report.status, report.score) == ("unreadable", 0)
    assert report.results[0].findings[0].message == "It is no notebook."


def with_check(sheet: Sheet, *checks: Check) -> Sheet:
    exercise = replace(sheet.exercise("mean_square"), checks=checks)
    return replace(sheet, exercises=(exercise,))


def failing_with(error: Exception, **options: object) -> Check:
    def run(answer: object) -> None:
        raise error

    return Check("first", 1, run, **options)


@pytest.mark.parametrize("error", [InternalError("the disk is full"), ZeroDivisionError("a bug of ours")])
def test_our_fault_is_broken_and_has_no_score(sheet, host, error):
    with Grader(with_check(sheet, failing_with(error)), host) as grader:
        report = grader.grade(hand_in(RIGHT))
    assert (report.status, report.score) == ("broken", None)
    assert "The grader failed here, not you" in report.results[0].findings[0].message


def test_a_failure_of_ours_is_tried_again_in_a_fresh_process(sheet, host):
    runs = []

    def run(answer):
        runs.append(answer)
        if len(runs) == 1:
            raise InternalError("once")

    with Grader(with_check(sheet, Check("first", 1, run)), host) as grader:
        assert grader.grade(hand_in(RIGHT)).score == 1
    assert runs[0] is not runs[1]


def test_a_check_waits_for_those_it_needs(sheet, host):
    after = Check("second", 1, lambda answer: None, needs=("first",))
    for error, status in ((Mistake("no"), Status.SKIPPED), (NeedsPerson("look"), Status.PENDING)):
        with Grader(with_check(sheet, failing_with(error), after), host) as grader:
            assert finding(grader.grade(hand_in(RIGHT)), "second").status is status


def test_two_named_mistakes_leave_the_smaller_share(sheet, host):
    first, second = (
        failing_with(Mistake(name, name=name, credit=credit)) for name, credit in (("a", 0.75), ("b", 0.5))
    )
    checks = (first, replace(second, name="second"))
    with Grader(with_check(sheet, *checks), host) as grader:
        assert grader.grade(hand_in(RIGHT)).score == 0.5


def test_part_of_a_checks_points_may_be_earned(sheet, host):
    changed = with_check(sheet, failing_with(Mistake("up to line 5", partial=0.4)))
    changed = replace(changed, exercises=(replace(changed.exercises[0], cap=1.0),))
    with Grader(changed, host) as grader:
        assert grader.grade(hand_in(RIGHT)).score == 0.4


def test_a_self_check_runs_public_checks_alone(sheet, host):
    hidden = Check("secret", 1, lambda answer: None, visibility="hidden")
    with Grader(with_check(sheet, Check("open", 1, lambda answer: None), hidden), host, checks="public") as grader:
        assert [f.check for f in grader.grade(hand_in(RIGHT)).results[0].findings] == ["open"]


def test_details_of_a_good_answer_are_kept(sheet, host):
    with Grader(with_check(sheet, Check("first", 1, lambda answer: ("a note",))), host) as grader:
        assert grader.grade(hand_in(RIGHT)).results[0].findings[0].detail == ("a note",)


def test_addresses_in_memory_do_not_reach_a_report(grader):
    report = grader.grade(hand_in("def mean_square(x): raise ValueError(object())"), ["mean_square"])
    assert "object at 0x…" in finding(report, AGREES).message


def test_checks_share_one_replay_of_a_battery(sheet, host, monkeypatch):
    asked = []
    original = type(Answer(Student(host, hand_in()), sheet.exercise("mean_square"))).calls
    monkeypatch.setattr(
        "autograder.student.proxy.Answer.calls",
        lambda self, calls, **kw: asked.append(len(calls)) or original(self, calls, **kw),
    )
    monkeypatch.setattr("autograder.grading.attempt.Attempt.ahead", lambda *_: None)  # each check asks for itself
    with Grader(sheet, host) as grader:
        grader.grade(hand_in(RIGHT), ["mean_square"])
    assert len(asked) == 2  # the battery, and the law's own calls
