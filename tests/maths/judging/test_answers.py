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
