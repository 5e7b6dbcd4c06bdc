"""What a failure costs: points of each finding, and what is said twice."""

from types import SimpleNamespace

import pytest

from autograder.grading.settle import Found, apart, drawn_once, known, once, read_back, rounded, settle, steady
from autograder.model import Check, Criterion, Exercise, Finding, Mistake, Picture, Status

PASSED, FAILED, SKIPPED, PENDING = Status.PASSED, Status.FAILED, Status.SKIPPED, Status.PENDING


def check(name, points=1.0):
    return Check(name, points, lambda answer: None)


A, B, C = check("a", 1.0), check("b", 2.0), check("c", 1.0)


def exercise(points=8.0, cap=0.25, checks=(A, B, C)):
    return Exercise("f", "1", points, "code", ("f",), tuple(checks), cap=cap)


def points(*found, explained=(), **options):
    """``explained``: (slug, check) of failures that a recognised wrong answer has as well."""
    recogniser = SimpleNamespace(explains=lambda slug, _, check: (slug, check.name) in explained)
    settled = settle(exercise(**options), found, recogniser)
    assert [f.check for f in settled] == [f.check.name for f in found]
    return [f.points for f in settled]


def failed(check, **options):
    return Found(check, FAILED, **options)


def passed(check):
    return Found(check, PASSED)


def test_checks_share_the_points_of_the_exercise_by_their_own():
    assert points(passed(A), passed(B), passed(C)) == [2, 4, 2]
    settled = settle(exercise(), [passed(A), passed(B), passed(C)], SimpleNamespace())
    assert [f.possible for f in settled] == [2, 4, 2]


def test_checks_without_points_divide_nothing():
    zero = check("zero", 0.0)
    assert points(passed(zero), checks=[zero]) == [0]


def test_a_failure_without_a_name_leaves_no_more_than_the_cap_and_no_more_than_was_earned():
    assert points(failed(A), passed(B), passed(C)) == [
        0,
        pytest.approx(4 / 3, abs=1e-6),
        pytest.approx(2 / 3, abs=1e-6),
    ]
    assert sum(points(failed(A), passed(B), passed(C))) == 2
    assert points(failed(A), passed(B), passed(C), cap=1.0) == [0, 4, 2]
    assert points(failed(A), failed(B), passed(C), cap=0.5) == [0, 0, 2]


def test_part_of_a_check_may_be_earned():
    assert points(failed(A, partial=0.5), passed(B), passed(C), cap=1.0) == [1, 4, 2]


def test_a_recognised_mistake_sets_the_share_that_is_left_and_its_finding_has_it():
    assert points(failed(A, mistake="m", credit=1.0), passed(B), passed(C)) == [2, 4, 2]
    assert points(failed(A, mistake="m", credit=0.5), failed(B, mistake="m", credit=0.5), Found(C, SKIPPED)) == [
        4,
        0,
        0,
    ]
    assert points(Found(A, SKIPPED, credit=0.5), failed(B, mistake="m", credit=0.5), Found(C, SKIPPED)) == [0, 4, 0]
    assert sum(points(failed(A, mistake="m", credit=0.25), passed(B), passed(C))) == 2
    assert points(failed(A, mistake="m", credit=0.0), passed(B), passed(C)) == [0, 0, 0]


def test_of_two_recognised_mistakes_the_smaller_share_is_left():
    assert sum(points(failed(A, mistake="m", credit=0.75), failed(B, mistake="n", credit=0.5), passed(C))) == 4


def test_a_failure_that_nothing_explains_counts_beside_a_recognised_one():
    given = (failed(A, mistake="m", credit=0.75), failed(B), passed(C))
    assert sum(points(*given)) == 2  # what the others earned, and the cap
    assert sum(points(*given, cap=0.125)) == 1
    assert sum(points(*given, explained={("m", "b")})) == 6
    assert sum(points(*given, explained={("other", "b")})) == 2
    assert sum(points(failed(A, mistake="m", credit=0.75, whole=True), failed(B), passed(C))) == 6
    unnamed = failed(A, mistake="m", whole=True)  # what it computes is known, but it is no recognised mistake
    assert sum(points(unnamed, failed(B), passed(C), cap=0.125)) == 1
    assert sum(points(failed(A, mistake="m"), passed(B), passed(C), cap=0.125, explained={("m", "a")})) == 1


def test_what_waits_or_was_skipped_earns_nothing_yet_and_costs_nothing():
    assert points(passed(A), Found(B, PENDING), Found(C, SKIPPED)) == [2, 0, 0]


def test_points_that_do_not_come_out_even_add_up():
    thirds = [check(name) for name in "abc"]
    found = points(*map(passed, thirds), points=1.0, checks=thirds)
    assert sum(found) == 1 and found[1:] == [0.333333, 0.333333]
    assert rounded([]) == []
    assert rounded([0.1, 0.7000004, 0.2000003]) == [0.1, 0.700001, 0.2]  # the largest takes up the rest


def test_a_finding_says_what_was_found():
    rubric = (Criterion("idea", 1, "says it"),)
    hidden = Check("h", 1.0, lambda answer: None, "hidden")
    found = Found(
        hidden,
        FAILED,
        "at 0x7f00aa10",
        "see 0x7f00aa11",
        "x = 0x7f00aa12",
        "m",
        0.5,
        detail=rubric,
        tell="t 0x7f00aa13",
    )
    (made,) = settle(exercise(checks=[hidden]), [found], SimpleNamespace(explains=lambda *_: False))
    assert (made.check, made.status, made.visibility, made.mistake, made.detail) == ("h", FAILED, "hidden", "m", rubric)
    assert (made.message, made.hint, made.counterexample, made.tell) == ("at 0x…", "see 0x…", "x = 0x…", "t 0x…")
    (bare,) = settle(exercise(checks=[A]), [passed(A)], SimpleNamespace())
    assert (bare.mistake, bare.counterexample, bare.visibility) == (None, None, "public")


def test_only_addresses_are_taken_out():
    assert steady("0xff and 0x12345 stay, 0x123456 and 0xdeadbeefcafe go") == "0xff and 0x12345 stay, 0x… and 0x… go"


# ------------------------------------------------------------------ what is said


def test_a_reason_given_before_is_referred_to():
    old = failed(A, message="No.", counterexample="x = 1", hint="Try.", tell="No.")
    again = once(failed(B, message="No.", counterexample="x = 1", hint="Try.", tell="No."), [passed(C), old])
    assert (again.message, again.counterexample, again.hint) == ("For the same reason as “a”.", "", "")
    assert again.tell == again.message  # both reasons are the course's own sentences
    other = once(failed(B, message="No.", counterexample="x = 2", tell="Else."), [old])
    assert (other.counterexample, other.tell) == ("x = 2", "Else.")
    for new, before in (
        (failed(B, message="Yes."), [old]),
        (Found(B, PASSED, "No."), [old]),
        (failed(B, message="No."), [Found(A, PASSED, "No.")]),
        (Found(B, PASSED, "No."), [Found(A, PASSED, "No.")]),
        (failed(B, message="No."), []),
    ):
        assert once(new, before) is new


def test_a_name_that_says_nothing_else_is_wrong_is_taken_back_where_something_is():
    mistake = Mistake("It is m.", name="m", credit=0.5, hint="Try.", otherwise="It is odd.")
    assert apart(mistake, []) is mistake
    assert apart(mistake, [passed(A), failed(B, mistake="m"), Found(C, SKIPPED, mistake="n")]) is mistake
    without = apart(mistake, [failed(A, mistake="n")])
    assert (without.message, without.name, without.credit, without.hint) == ("It is odd.", "", None, "")
    plain = Mistake("It is m.", name="m", credit=0.5)
    assert apart(plain, [failed(A, mistake="n")]) is plain


def test_what_an_answer_computes_explains_its_later_failures_too():
    old = failed(A, message="It is doubled.", mistake="doubled", credit=0.5, whole=True)
    new = Mistake("Differs.", read=lambda: None)
    found = known(new, [failed(B, message="Else."), old])
    assert (found.message, found.name, found.credit, found.whole) == ("It is doubled.", "doubled", 0.5, True)
    assert known(new, [failed(B)]) is None
    assert known(Mistake("Differs."), [old]) is None  # nothing to be read
    assert known(Mistake("Differs.", name="m", read=lambda: None), [old]) is None


def test_an_unnamed_mistake_is_read_back_once():
    asked = []

    def read():
        asked.append(1)
        return Mistake("It is doubled.", name="doubled")

    def shrink():
        return "x = 1", ""

    found = read_back(Mistake("Differs.", read=read, evidence="e", shrink=shrink))
    assert (found.name, found.evidence, found.shrink, asked) == ("doubled", "e", shrink, [1])
    named = Mistake("Differs.", name="m", read=read)
    assert read_back(named) is named and asked == [1]
    for mistake in (Mistake("Differs."), Mistake("Differs.", read=lambda: None)):
        assert read_back(mistake) is mistake


def test_a_picture_is_held_once_by_the_finding_under_which_students_look_for_it():
    drawn, other = Picture("image/png", b"1", "Samples."), Picture("image/png", b"2", "Losses.")
    found = [
        Finding("a", FAILED, 0.0, 1.0, "hidden", detail=(drawn, "said")),
        Finding("b", PASSED, 1.0, 1.0, detail=(drawn, other)),
        Finding("c", FAILED, 0.0, 1.0, detail=("said", drawn)),
    ]
    assert [finding.detail for finding in drawn_once(found)] == [("said",), (other,), ("said", drawn)]
