"""What a derivation is judged against, as an exercise declares it."""

import pytest

from autograder.maths import examine, judge_derivation, read, task
from autograder.model import CourseError

NOISE = {"domains": {"m": "real", "v": "positive"}, "densities": {"r(x)": "N(x; m, v)"}}
SIGMOID = {"domains": {"x": "real"}, "functions": {"s(x)": "1/(1 + exp(-x))"}}
LINES = "E_r[(x - m)^2]\n= E_r[x^2] - m^2\n= v + m^2 - m^2\n= v"


def test_an_exercise_s_own_density_is_known_to_its_derivation():
    found = judge_derivation(LINES, start="E_r[(x - m)^2]", target="v", form="closed", **NOISE)
    assert [line.verdict for line in found] == ["follows"] * 4
    assert [line.passes for line in found] == [("start",), (), (), ("end",)]


def test_an_exercise_s_own_function_is_known_to_its_derivation():
    found = judge_derivation("d/dx s(x)\n= s(x) (1 - s(x))", start="d/dx s(x)", target="s(x) s(-x)", **SIGMOID)
    assert [line.passes for line in found] == [("start",), ("end",)]


@pytest.mark.parametrize("form", [None, "closed", "v + 0 m"])
def test_the_end_has_the_asked_form(form):
    asked = task(start="E_r[(x - m)^2]", target="v", form=form, **NOISE)
    assert ("end" in examine(LINES, asked).lines[-1].passes) == (form != "v + 0 m")
    assert examine(LINES, asked).complaint == ("This is not of the form v + 0 m." if form == "v + 0 m" else "")


@pytest.mark.parametrize("wrong", ["start", "target", "form"])
def test_what_the_exercise_says_has_to_be_in_the_language(wrong):
    said = {"start": "E_r[x]", "target": "m", "form": "m", wrong: "m +"}
    with pytest.raises(CourseError, match="A formula of the exercise cannot be read"):
        task(**said, **NOISE)


def test_several_starts_are_as_good_as_one():
    asked = task(start=["E_r[(x - m)^2]", "E_r[x^2] - m^2"], target="v", **NOISE)
    for first in ("E_r[(x - m)^2]", "E_r[x^2] - m^2", "Var_r[x]"):
        assert ("start" in examine(f"{first} = v", asked).lines[0].passes) == (first != "Var_r[x]")


@pytest.mark.parametrize(
    ("other", "notation"), [("E_q[log p(z,x) - log q(z)]", True), ("E_q[log(p(x|z) p(z)/q(z))]", False)]
)
def test_notation_is_what_holds_for_unrelated_densities(other, notation):
    start = "∫ q(z) log(p(z,x)/q(z)) dz"
    asked = task(start=start, target=start, domains={}, world="latent")
    first, second = (read(text, asked.judge.language) for text in (start, other))
    assert asked.judge.compare(first, second).status == "equal"
    assert asked.same_notation(first, second) == notation


def test_a_formula_is_notation_for_itself_in_any_world():
    asked = task(start="E_r[x]", target="m", **NOISE)
    first, second = (read(text, asked.judge.language) for text in ("E_r[x]", "m"))
    assert asked.same_notation(first, first)
    assert asked.same_notation(second, second)
    assert not asked.same_notation(first, second)
