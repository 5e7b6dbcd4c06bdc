"""Where a derivation starts: up to notation, and with nothing worked out yet."""

import pytest

from autograder.maths import examine, task

TABLES = {"x": "1..n", "p_x": "simplex", "q_x": "simplex"}
START, TARGET = "-sum_x p(x) log q(x)", "H(p) + KL(p || q)"


def started(first, start=START, target=TARGET, domains=TABLES):
    lines = examine(f"{first}\n= {target}", task(start=start, target=target, domains=domains)).lines
    return [line.number for line in lines if "start" in line.passes], [line.verdict for line in lines]


@pytest.mark.parametrize(
    "first",
    [
        "sum_x p(x) (-log q(x))",
        "sum_x (-p(x)) log q(x)",
        "-sum_x (-p(x)) (-log q(x))",
        "-(sum_x log(q(x)) p(x))",
        "-(-(-sum_x p(x) log q(x)))",
        "-E_p[log q(x)]",
        "E_p[-log q(x)]",
    ],
)
def test_the_order_of_factors_and_the_place_of_a_sign_are_notation(first):
    start = START if "sum" in first else "-E_p[log q(x)]"
    assert started(first, start) == ([1], ["follows", "follows"])


@pytest.mark.parametrize("first", ["sum_x p(x) log q(x)", "sum_x (-p(x)) (-log q(x))", "-sum_x q(x) log p(x)"])
def test_another_sign_or_another_table_is_no_start(first):
    assert started(first) == ([], ["first error", "right but does not follow"])


@pytest.mark.parametrize("first", ["H(p, q)", "H(p) + sum_x p(x) log(p(x)/q(x))", "sum_x p(x) log(p(x)/(q(x) p(x)))"])
def test_what_is_worked_out_already_is_no_start(first):
    assert started(first) == ([], ["follows", "follows"])


def test_the_sign_of_a_product_over_all_is_no_sign_of_its_factors():
    """∏ -a is not -∏ a."""
    domains = {"i": "1..n", "x_i": "positive"}
    target = "prod_i (-x_i)"  # the second line is the start itself
    assert started("-prod_i x_i", target, target, domains)[0] == [2]


SIGMOID = {"domains": {"x": "real"}, "functions": {"s(x)": "1/(1 + exp(-x))"}}


@pytest.mark.parametrize(
    ("first", "start", "lines"),
    [
        ("d/dx e^x/(e^x + 1)", "d/dx s(x)", [1]),
        ("d/dx s(x)", "d/dx e^x/(e^x + 1)", [1]),
        ("d/dx (1 + s(x))", "d/dx s(x)", []),  # nothing is said of what is differentiated: another formula
        ("d^2/dx^2 log(1 + e^x)", "d/dx s(x)", []),
        ("d/dx s(x)", "s(x) - s(x)^2", []),  # a derivative, where none is asked to start with
        ("s(x) - s(x)^2", "d/dx s(x)", []),
    ],
)
def test_a_derivative_starts_where_the_same_is_differentiated(first, start, lines):
    asked = task(start=start, target="s(x) (1 - s(x))", **SIGMOID)
    found = examine(f"{first}\n= s(x) (1 - s(x))", asked).lines
    assert [line.number for line in found if "start" in line.passes] == lines
    assert [line.verdict for line in found] == ["follows", "follows"]


def test_a_name_that_the_exercise_gives_to_the_start_is_none():
    asked = task(start=START, target=TARGET, domains=TABLES, names={"C": START})
    lines = examine(f"C = H(p, q) = {TARGET}", asked).lines
    assert [line.passes for line in lines] == [("end",)]
