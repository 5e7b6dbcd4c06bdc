"""Problems: what may stand in front of them, and why one is another problem or left to a person."""

import pytest

from autograder.maths import judge
from tests.maths.judging.answers import formula

VALUE = "E_{z~p_z}[D(G(z))]"
GAME = f"min_G max_D {VALUE}"


def verdict(text, scale="positive"):
    return judge(text.replace("VALUE", VALUE), GAME, domains={}, world="gan", scale=scale)


@pytest.mark.parametrize(
    ("text", "factor", "exact"),
    [
        ("min_G max_D VALUE", "", True),
        ("-(max_G min_D -VALUE)", "", True),
        ("max_G min_D -VALUE", "", False),
        ("2 min_G max_D VALUE", "2", False),
        ("min_G max_D 3 VALUE", "3", False),
        ("min_G 3 max_D VALUE", "3", False),
        ("(min_G max_D VALUE)/2", "1/2", False),
        ("2/3 min_G max_D VALUE", "2/3", False),
        ("max_G min_D -VALUE/2", "1/2", False),
    ],
)
def test_a_positive_factor_and_the_side_of_the_sign_do_not_matter_where_the_exercise_says_so(text, factor, exact):
    found = verdict(text)
    assert (found.status, found.evidence) == ("equal", "agrees in 3 worlds")
    assert found.notes == ((f"Equal up to the factor {factor}.",) if factor else ())
    assert verdict(text, "exact").status == ("equal" if exact else "different")


@pytest.mark.parametrize(
    ("text", "contains"),
    [
        ("min_G (VALUE) + max_D (VALUE)", "a min or max that does not cover all of the formula"),
        ("(min_G VALUE) + (max_D VALUE)", "several min or max side by side"),
        ("E_{z~p_g}[z] + min_G (VALUE)", "a min or max that does not cover all of the formula"),  # p_g is what G makes
        ("D(G(z)) min_G (VALUE)", "a product with a min or max in it"),
        ("(-2) min_G (VALUE)", "a product with a min or max in it"),
        ("(min_G VALUE) (max_D VALUE)", "a product with a min or max in it"),
        ("2/(-3) min_G max_D VALUE", "a product with a min or max in it"),
        ("(min_G max_D VALUE)/(-2)", "a min or max inside another formula"),
        ("log(min_G VALUE)", "a min or max inside another formula"),
    ],
)
def test_a_problem_that_cannot_be_pulled_apart_is_left_to_a_person(text, contains):
    found = verdict(text)
    assert (found.status, found.message) == ("undecided", f"This line contains {contains}; a person has to read it.")


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("max_D VALUE", "max over D"),
        ("VALUE", "neither min nor max"),
        ("max_D min_G VALUE", "max over D, min over G"),
        ("min_D max_G VALUE", "min over D, max over G"),
        ("min_G min_D VALUE", "min over G, min over D"),
    ],
)
def test_another_problem_is_named_by_its_sides(text, has):
    found = verdict(text)
    assert found.status == "different"
    assert found.message == f"This line has {has}; that is another problem than the one asked."


@pytest.mark.parametrize(
    ("scale", "text", "slip"),
    [
        (
            "positive",
            "min_G max_D E_x[log D(x)] - E_z[log(1 - D(G(z)))]",
            "sign_of_a_term",
        ),  # the halves are a matter of taste
        ("positive", "min_G max_D 1/2 E_x[log D(x)] - 1/2 E_z[log(1 - D(G(z)))]", "sign_of_a_term"),
        ("exact", "min_G max_D E_x[log D(x)] - E_z[log(1 - D(G(z)))]", "another_formula"),
        ("exact", "min_G max_D 1/2 E_x[log D(x)] - 1/2 E_z[log(1 - D(G(z)))]", "sign_of_a_term"),
        ("positive", "max_G min_D 1/2 E_x[log D(x)] + 1/2 E_z[log(1 - D(G(z)))]", "sign_of_the_whole"),
        ("positive", "max_D min_G 1/2 E_x[log D(x)] + 1/2 E_z[log(1 - D(G(z)))]", "min_and_max"),
    ],
)
def test_a_slip_is_found_whatever_the_factor_where_the_factor_does_not_matter(scale, text, slip):
    game = "min_G max_D 1/2 E_x[log D(x)] + 1/2 E_z[log(1 - D(G(z)))]"
    assert formula(text, game, domains={}, world="gan", scale=scale)[0] == slip


@pytest.mark.parametrize(
    "text", ["7 + min_G max_D VALUE", "min_G max_D -VALUE", "min_G max_D 2 + VALUE", "min_G max_D 0 VALUE"]
)
def test_what_is_optimised_has_to_be_the_same(text):
    assert verdict(text).status == "different"
    assert verdict(text).values is not None
