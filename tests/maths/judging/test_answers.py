"""Which formula of a text is the answer, and what is said of those that stand beside it."""

import pytest

from tests.maths.judging.answers import formula

SQUARE = "(a + b)^2"


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("a^2 + 1\n≥ 1", "right"),
        ("a^2 + 1\n> 2", "does_not_hold"),
        ("a^2 + 1 = (a + 1)^2 - 2 a\n> 2", "does_not_hold"),
        ("a^2 + 1 > 2", "does_not_hold"),
        ("a^2 + 1\n≥ 1 > 2", "does_not_hold"),
    ],
)
def test_an_inequality_says_something_of_the_formula_before_it(text, becomes):
    assert formula(text, "a^2 + 1")[0] == becomes


def test_an_inequality_with_nothing_before_it_claims_nothing():
    assert formula("≥ 7\na^2 + 1", "a^2 + 1")[0] == "right"


@pytest.mark.parametrize(
    ("text", "becomes", "rows"),
    [
        # right with and without what is assumed: it is the answer
        (f"For b = 1: {SQUARE} = a^2 + 2 a b + b^2", "right", ["follows"]),
        (f"For b = 1: {SQUARE}\n= a^2 + 2 a b + b^2", "right", ["side equation", "follows"]),
        # right only where b = 1: stands beside the answer and costs nothing
        (f"For b = 1: {SQUARE} = a^2 + 2 a + 1\na^2 + 2 a b + b^2", "right", ["side equation", "follows"]),
        # wrong even there
        (f"For b = 1: {SQUARE} = a^2 + 2 a\na^2 + 2 a b + b^2", "another_formula", ["first error", "side equation"]),
    ],
)
def test_what_holds_under_a_condition_alone_is_not_the_answer(text, becomes, rows):
    assert formula(text, SQUARE)[:2] == (becomes, rows)


GAME = "min_G max_D E_z[D(G(z))]"


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (f"{GAME} = -(max_G min_D -E_z[D(G(z))])", "right"),
        (f"max_D E_x[log D(x)] = max_D 2 E_x[log D(x)]\n{GAME}", "right"),  # up to a factor, as the exercise has it
        (f"max_D E_x[log D(x)] = min_D E_x[log D(x)]\n{GAME}", "does_not_hold"),
        (f"D*(x) = p_data(x)/(p_data(x) + p_g(x))\n{GAME}", "right"),
        (f"D*(x) = p_g(x)/(p_data(x) + p_g(x))\n{GAME}", "does_not_hold"),
        (f"D*(x) = 1/2\n{GAME}", "right"),
        (f"D*(x) = 1/3\n{GAME}", "does_not_hold"),
    ],
)
def test_what_is_said_of_a_problem_beside_the_answer_has_to_hold(text, becomes):
    assert formula(text, GAME, domains={}, world="gan", scale="positive")[0] == becomes


@pytest.mark.parametrize(
    ("text", "becomes", "rows"),
    [
        (f"{SQUARE} + 1\n{SQUARE}", "another_formula", ["first error", "side equation"]),
        (f"{SQUARE}\na^2 + b^2", "square_of_a_sum", ["side equation", "first error"]),
        (f"{SQUARE}\na^2", "right", ["follows", "side equation"]),  # about a alone: no form of the answer
    ],
)
def test_a_formula_about_all_that_is_asked_is_meant_as_the_answer(text, becomes, rows):
    assert formula(text, SQUARE)[:2] == (becomes, rows)
