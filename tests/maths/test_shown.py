"""Waypoints, starts and slips of an exercise's own."""

import pytest

from autograder.maths import Judge, OwnSlip, Shown, examine, judge, judge_for, task
from autograder.model import CourseError

SIGMOID = {"x": "real"}
FUNCTIONS = {"s(x)": "1/(1 + exp(-x))", "sigma(x)": "s(x)"}
TABLES = {"x": "1..n", "p_x": "simplex", "q_x": "simplex"}


def sigmoid(text, shows=None, **more):
    asked = task(
        start="d/dx s(x)",
        target="s(x) (1 - s(x))",
        form="s(x) (1 - s(x))",
        domains=SIGMOID,
        functions=FUNCTIONS,
        waypoints={"seen": shows or Shown(("exp(-x)",), gone="derivative")},
        **more,
    )
    return examine(text, asked).lines


def tables(text, shows):
    asked = task(start="-sum_x p(x) log q(x)", target="H(p) + KL(p || q)", domains=TABLES, waypoints={"seen": shows})
    return examine(text, asked).lines


def passing(lines, what="seen"):
    return [line.number for line in lines if what in line.passes]


def test_what_is_gone_was_in_another_line_and_is_not_in_this_one():
    lines = sigmoid("d/dx s(x) = d/dx 1/(1 + exp(-x))\n= exp(-x)/(1 + exp(-x))^2\n= s (1 - s)")
    assert passing(lines) == [2]
    assert passing(sigmoid("s (1 - s) = exp(-x)/(1 + exp(-x))^2")) == []  # no line has a derivative
    assert passing(sigmoid("d/dx s(x) = d/dx 1/(1 + exp(-x))\n= s (1 - s)")) == []


@pytest.mark.parametrize("written", ["exp(-x)", "e^{-x}", r"\mathrm{e}^{-x}"])
def test_an_exponential_is_one_in_any_spelling(written):
    assert passing(sigmoid(rf"d/dx s(x) = \frac{{{written}}}{{(1 + {written})^2}} = s (1 - s)")) == [1]


def test_a_formula_may_be_asked_for_inside_of_something():
    inside = Shown(("p(x)",), inside="log")
    assert passing(tables("-sum_x p(x) log q(x)\n= H(p) + KL(p || q)", inside)) == []
    assert passing(tables("-sum_x p(x) log q(x)\n= -sum_x p(x) log(p(x) q(x)/p(x))\n= H(p) + KL(p || q)", inside)) == [
        2
    ]


def test_one_of_several_formulas_is_enough():
    either = Shown(("sum_x p(x) log p(x)", "E_p[log p(x)]"))
    assert passing(tables("-E_p[log q(x)]\n= -E_p[log p(x)] + KL(p || q)", either)) == [2]
    assert passing(tables("-E_p[log q(x)]\n= H(p) + KL(p || q)", either)) == []


def test_the_letter_of_an_index_does_not_matter():
    shown = Shown(("sum_x p(x) log p(x)",))
    assert passing(tables("-sum_i p_i log q_i\n= -sum_i p_i log p_i + KL(p || q)", shown)) == [2]


def test_nothing_else_can_be_looked_into():
    with pytest.raises(CourseError, match=r"log, exp, derivative.*not 'logarithm'"):
        tables("1", Shown(("p(x)",), inside="logarithm"))


@pytest.mark.parametrize("first", ["sum_x -p(x) log q(x)", "-sum_i p_i log q_i", "-sum_x log q(x) p(x)"])
def test_a_start_is_one_by_notation(first):
    assert passing(tables(f"{first}\n= H(p) + KL(p || q)", Shown()), "start") == [1]


def test_what_is_equal_by_a_sum_s_own_rules_is_no_start():
    assert passing(tables("H(p) + sum_x p(x) log(p(x)/q(x)) = H(p) + KL(p || q)", Shown()), "start") == []


def test_the_derivative_of_another_formula_for_the_same_is_a_start():
    assert passing(sigmoid("d/dx e^x/(e^x + 1) = s (1 - s)"), "start") == [1]
    assert passing(sigmoid("d/dx (1 + s(x)) = s (1 - s)"), "start") == []


@pytest.mark.parametrize(
    "written", [r"\frac{d\sigma}{dx}", r"\sigma'(x)", "dσ/dx", r"\sigma (1-\sigma)", "σ(x)(1-σ(x))"]
)
def test_a_function_may_have_two_names(written):
    assert judge(written, "s(x) (1 - s(x))", domains=SIGMOID, functions=FUNCTIONS).status == "equal"


@pytest.mark.parametrize("said", ["add and subtract", "so we get", "by definition"])
def test_words_behind_two_columns_claim_nothing(said):
    text = rf"\begin{{align}} s'(x) &= s(x) (1 - s(x)) && \text{{{said} }} \log s(x) \end{{align}}"
    assert [line.verdict for line in sigmoid(text)] == ["follows"]


# ------------------------------------------------------------------ slips


def wrong(slips, text):
    return next(line for line in sigmoid(text, expected=slips) if line.verdict == "first error")


def test_a_slip_of_the_exercise_is_said_in_its_words():
    slips = {"hyperbolic tangent": OwnSlip("1 - s(x)^2", "That is the tangent's.", 0.5)}
    line = wrong(slips, "d/dx s(x) = exp(-x)/(1 + exp(-x))^2\n= (1 - s) (1 + s)")
    assert (line.number, line.slip) == (2, "hyperbolic tangent")
    assert line.message.startswith("Line 2 does not follow from line 1. That is the tangent's. At x = ")


def test_a_known_slip_takes_the_exercise_s_words():
    text = "d/dx s(x) = exp(-x)/(1 + exp(-x))^2\n= s (1 + s)"
    assert "The sign of the term" in wrong({}, text).message
    told = wrong({"sign of a term": OwnSlip(tell="Look at the minus.")}, text)
    assert told.slip == "sign of a term"
    assert "Look at the minus." in told.message
    assert "The sign of the term" not in told.message
    assert "The sign of the term" in wrong({"sign of a term": OwnSlip(credit=0.5)}, text).message


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        (OwnSlip(tell="No line."), "needs a line that it leads to; known without one are ambiguous fraction,"),
        (OwnSlip("s(x)^2"), "needs a tell"),
        (OwnSlip("s(x)^2", "Told.", 1.5), "must be a share from 0 to 1, not 1.5"),
        (OwnSlip("s(x)^2 +", "Told."), "cannot be read"),
    ],
)
def test_a_slip_that_is_not_whole_is_the_author_s(slip, said):
    with pytest.raises(CourseError, match=said):
        sigmoid("s (1 - s)", expected={"own": slip})


def test_the_slips_of_one_exercise_are_not_those_of_another():
    sigmoid("s (1 - s)", expected={"own": OwnSlip("s(x)^2", "Told.")})
    shared: Judge = judge_for(None, SIGMOID, functions=FUNCTIONS)
    assert shared.slips == ()


def test_a_product_of_equals_is_a_power():
    shows = Shown(("exp(-x)/(1 + exp(-x))^2",))
    assert passing(sigmoid(r"d/dx s(x) = \frac{e^{-x}}{(1 + e^{-x})(1 + e^{-x})} = s (1 - s)", shows)) == [1]
    assert passing(sigmoid(r"d/dx s(x) = \frac{e^{-x}}{(1 + e^{-x})(2 + e^{-x})} = s (1 - s)", shows)) == []


def tanh(text):
    asked = task(
        start="d/dx t(x)",
        target="1 - t(x)^2",
        domains={"x": "real"},
        functions={"t(x)": "(exp(x)-exp(-x))/(exp(x)+exp(-x))"},
    )
    return [line.verdict for line in examine(text, asked).lines if line.number]


QUOTIENT = """d/dx t(x) = d/dx (exp(x) - exp(-x))/(exp(x) + exp(-x))
= ((exp(x) + exp(-x))^2 - (exp(x) - exp(-x))^2)/(exp(x) + exp(-x))^2
= 1 - t(x)^2"""


def test_a_derivative_may_be_of_the_quotient_that_its_bracket_begins():
    assert set(tanh(QUOTIENT)) == {"follows"}
    assert set(tanh("d/dx t(x) = 4/(exp(x) + exp(-x))^2\n= 1 - t^2")) == {"follows"}
    slip = tanh(QUOTIENT.replace("^2 - (", "^2 + (").replace("1 - t", "1 + t"))
    assert (slip[0], "first error" in slip[1:]) == ("follows", True)  # the first line is not blamed
    narrow = tanh("d/dx t(x) = 1 - t(x) (d/dx (exp(x) + exp(-x)))/(exp(x) + exp(-x))\n= 1 - t(x)^2")
    assert set(narrow) == {"follows"}
    assert "first error" in tanh("d/dx t(x) = d/dx (exp(x) - exp(-x))/(exp(x) - exp(-x))\n= 1 - t(x)^2")
