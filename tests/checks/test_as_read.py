"""What a student sees of formulas before handing in: every line as it was read, and the step that does not follow."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from autograder.checks import Part, derivation, expression, replayed
from autograder.checks.as_read import NAMES, as_read
from autograder.formats._plain import spelt
from autograder.model import Mistake, NeedsPerson

TWO = {"a": "positive", "b": "positive"}
NORMALS = {"mu_1": "real", "sigma_1": "positive", "mu_2": "real", "sigma_2": "positive"}
KL = {"KL": "KL(q(x) || p(x))"}


def answer(text):
    return SimpleNamespace(text=text, fault=None)


def lines(text, level="steps", domains=TWO, world=None, names=None, labels=()):
    check = as_read(level=level, domains=domains, world=world, names=names or {}, labels=labels)
    try:
        return [(line.number, line.verdict) for line in check.run(answer(text))], ""
    except (Mistake, NeedsPerson) as found:
        return [(line.number, line.verdict) for line in found.detail], found.message


def test_a_line_is_shown_as_it_was_read():
    (line,) = as_read(level="read", domains=TWO, world=None, names={}).run(answer("log(a b)/2a"))
    assert line.verdict == "read"
    assert spelt(line.latex) == "log(a b)/2 a"
    assert line.latex != line.text


def test_reading_alone_says_nothing_about_what_a_line_says():
    assert lines("log(a b) = log a - log b\n= 7", "read") == ([(1, "read"), (2, "read")], "")


def test_what_cannot_be_read_is_named_line_by_line():
    for level in NAMES:
        found, said = lines("log(a b)\n= log a ? log b\n= log(a) + log(b)\n= log c", level)
        assert [verdict for _, verdict in found] == [found[0][1], "unreadable", found[2][1], "unreadable"]
        assert found[0][1] == ("read" if level == "read" else "follows")
        assert said.startswith("Lines 2 and 4 cannot be read.")
        assert "it costs nothing" in said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("log(a b)\n= log a + log b\n= log b + log a", ()),
        ("log(a b)\n= log a - log b\n= log b + log a", (2, 3)),
        ("log(a b)\n= log a + log b\n= log a + 2 log b\n= 2 log b + log a", (3,)),
        ("where a = exp(log a)\nlog(a b) = log b + log a\n= log a - log b", (3,)),
        ("log(a b) = log a + log b = log a", (1,)),
        ("c = log b\nlog(a b) = log a + c\n= log a - c", (3,)),
        ("a b = b a\nlog(a b) = log a + log b\nand log a^2 = 2 log a\n= log b + log a", ()),
    ],
)
def test_a_step_is_held_against_the_line_above(text, wrong):
    found, said = lines(text)
    errors = ("first error", "another error", "right but does not follow")
    assert tuple(number for number, verdict in found if verdict in errors) == wrong
    assert bool(said) == bool(wrong)
    assert "derived" not in said


def test_a_wrong_result_that_is_all_there_is_says_nothing():
    """No line stands above it: only the grade can tell."""
    assert lines("log a - log b") == ([(1, "follows")], "")


def test_a_name_that_stands_for_a_name_keeps_its_meaning():
    found, said = lines("KL = ∫ p(x) log(p(x)/q(x)) dx", domains=NORMALS, world="two_normals", names=KL)
    assert found == [(1, "first error")]
    assert said.startswith("Line 1 does not hold.")
    assert "the right side gives" in said
    assert "the left side gives" in said


def test_a_name_without_a_meaning_can_be_used_and_defined():
    assert lines("J = log a\n= log(a b) - log b", labels=["J"]) == ([(1, "follows"), (2, "follows")], "")
    assert lines("-J", labels=["J"]) == ([(1, "read")], "")
    assert lines("-J")[0] == [(1, "unreadable")]


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [("log(a b)\n= log a - log b\n= log a", "sign_of_a_term", 2), ("log(a b)\n= 7", "does_not_follow", 2)],
)
def test_the_first_step_that_does_not_follow_is_told_once(text, name, told):
    with pytest.raises(Mistake) as found:
        as_read(level="steps", domains=TWO, world=None, names={}).run(answer(text))
    assert found.value.name == name
    assert found.value.message.startswith("Line 2 does not follow from line 1.")
    said = {line.number: bool(line.message) for line in found.value.detail}
    assert said == {1: False, told: False} | ({3: True} if 3 in said else {})


# ------------------------------------------------------------------ from a course's check to the pack


def of_derivation(**options):
    part = Part("x", 1)
    settings = {"start": "log(a b)", "target": "log a + log b", "domains": TWO, "waypoints": {}} | options
    return derivation(**settings, starts=Part("starts", 1), follows=Part("follows", 1), ends=Part("ends", part.points))[
        0
    ]


CHECKS = {
    "derivation": of_derivation(names={"L": "log(a b)", "R": "log b + log a"}),
    "expression": expression("log a + log b", domains=TWO, names={"L": "log(a b)"}),
    "normals": of_derivation(
        start="∫ q(x) log(q(x)/p(x)) dx", target="KL(q(x) || p(x))", domains=NORMALS, world="two_normals", names=KL
    ),
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_what_is_recorded_holds_the_language_and_nothing_of_the_answer(check):
    language = check.own("all").record()["language"]
    assert set(language) == {"level", "domains", "world", "names", "functions", "densities", "labels"}
    assert language["level"] == "steps"
    assert language["names"] == {}
    assert language["labels"]


def test_what_the_exercise_declares_can_be_used():
    functions = {"s(x)": "1/(1+exp(-x))"}
    check = expression("s(x) (1-s(x))", domains={"x": "real"}, functions=functions)
    there = replayed(check.own("all").record())
    assert [line.verdict for line in there.run(answer("1 - s(x)\n= s(-x)"))] == ["follows", "follows"]
    with pytest.raises(Mistake, match="Line 2 does not follow"):
        there.run(answer("1 - s(x)\n= s(x)"))


def test_the_recorded_check_finds_the_same():
    domains = {"a": "positive", "b": Fraction(1, 2)}
    here = as_read(level="steps", domains=domains, world=None, names={}, labels=["J"])
    there = replayed(here.record())
    assert there.record() == here.record()
    assert here.run(answer("J = a b\n= a/2")) == there.run(answer("J = a b\n= a/2"))
    with pytest.raises(Mistake, match="Line 2 does not follow"):
        there.run(answer("a b\n= a/3"))
