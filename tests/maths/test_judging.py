"""Verdicts: their four words, their notes, and evidence that near misses do not pass."""

import pytest

from autograder.maths import judge
from autograder.model.errors import CourseError
from tests.maths.exercises import KINDS, KL, NORMALS

AB = {"a": "positive", "b": "real"}


@pytest.mark.parametrize(
    ("answer", "target", "status"),
    [
        ("log(a^2)", "2 log a", "equal"),
        ("sqrt(a^2)", "a", "equal"),
        ("sqrt(b^2)", "b", "different"),
        ("(a + b)^2", "a^2 + 2 a b + b^2", "equal"),
        ("(a + b)^2", "a^2 + b^2", "different"),
        ("exp(log a + b)", "a e^b", "equal"),
        ("a + 10^-50", "a", "different"),
        ("a + 10^-90", "a", "different"),
        ("a (1 + 2^-250)", "a", "different"),
        ("a^(10^9)", "a", "undecided"),
        ("a + foo", "a", "unreadable"),
        ("", "a", "unreadable"),
    ],
)
def test_the_four_words(answer, target, status):
    assert judge(answer, target, domains=AB).status == status


def test_evidence_is_counted_in_generic_worlds():
    assert judge("a + a", "2 a", domains=AB).evidence == "agrees in 6 worlds"
    assert judge("E_q[x]", "mu_1", domains=NORMALS, world="two_normals").evidence == "agrees in 3 worlds"


def test_agreement_at_small_numbers_is_not_enough():
    """a³ - 6a² + 11a - 6 is zero at 1, 2 and 3."""
    assert judge("a + (a - 1)(a - 2)(a - 3)(2a - 1)(2a - 3)(a - 4)", "a", domains=AB).status == "different"


def test_a_difference_shows_a_world_one_can_compute_in_and_two_values_that_differ():
    verdict = judge(KL.replace("- 1/2", "- 0.5000001"), KL, domains=NORMALS, world="two_normals")
    assert verdict.status == "different"
    assert verdict.world == "mu_1 = 1, mu_2 = 3, sigma_1 = 3, sigma_2 = 1/2"
    assert verdict.values is not None
    assert verdict.values[0] != verdict.values[1]
    assert verdict.values[0] in verdict.message and verdict.values[1] in verdict.message


def test_equal_only_where_both_are_defined_is_a_note():
    verdict = judge("2 log(b)", "log(b^2)", domains=AB)
    assert verdict.status == "equal"
    assert verdict.notes == (
        "Equal only where both are defined: elsewhere there is the logarithm of a negative number.",
    )


@pytest.mark.parametrize(
    ("answer", "status", "notes"),
    [("0.3333 a", "equal", 1), ("0.33 a", "different", 0), ("0.3334 a", "different", 0), ("a/3", "equal", 0)],
)
def test_a_rounding_is_accepted_with_a_note(answer, status, notes):
    verdict = judge(answer, "a/3", domains=AB)
    assert (verdict.status, len(verdict.notes)) == (status, notes)


def test_an_exact_decimal_is_no_rounding():
    assert judge("0.5 a", "a/2", domains=AB).notes == ()


def test_a_kl_argument_that_is_no_distribution_is_noted():
    verdict = judge("-KL(q(z) || p(z, x))", "∫ q(z) log(p(z,x)/q(z)) dz", domains={}, world="latent")
    assert verdict.status == "equal"
    assert "no distribution over z" in verdict.notes[0]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("1/(mu_1 - mu_1)", "a division by zero"),
        ("log(sigma_1 - sigma_1)", "the logarithm of 0"),
        ("sqrt(-1)", "the square root of a negative number"),
        ("∫ x^2 dx", "an integral that diverges"),
        ("∫ q(x)/q(x) dx", "an integral that diverges"),
        ("E_q[x] + x", "x stands free in this line"),
        ("log p(z) - KL(q || p)", "z stands free in this line"),
    ],
)
def test_what_has_no_value_says_why(answer, says):
    verdict = judge(answer, KL, domains=NORMALS, world="two_normals")
    assert verdict.status == "different"
    assert says in verdict.message


def test_a_parameter_may_have_a_value():
    assert judge("a + mu", "a + 2", domains={"a": "positive", "mu": 2}).status == "equal"


def test_names_of_the_exercise_may_be_used():
    assert judge("2 T", "2 a + 2 b", domains=AB, names={"T": "a + b"}).status == "equal"


def test_formulas_without_a_closed_form_are_told_apart_but_never_called_equal():
    arguments = {"domains": NORMALS, "world": "two_normals"}
    assert judge("E_q[1/(1 + x^2)]", "mu_1", **arguments).status == "different"
    assert judge("E_q[1/(1 + x^2)] - E_q[1/(1 + x^2)] + mu_1", "mu_1", **arguments).status == "undecided"


@pytest.mark.parametrize(
    ("answer", "equal"),
    [
        ("max_G min_D -D(G(z))", True),
        ("min_G max_D 2 D(G(z))", True),
        ("min_G max_D -D(G(z))", False),
        ("max_D min_G D(G(z))", False),
        ("max_G max_D D(G(z))", False),
    ],
)
def test_problems_are_compared_with_their_order_and_sides(answer, equal):
    wrap = ("E_{z~p_z}[D(G(z))]", "D(G(z))")
    verdict = judge(
        answer.replace(wrap[1], wrap[0]), f"min_G max_D {wrap[0]}", domains={}, world="gan", scale="positive"
    )
    assert verdict.status == ("equal" if equal else "different")


def test_an_optimum_inside_another_formula_is_left_to_a_person():
    verdict = judge("min_G (E_z[D(G(z))]) + max_D (E_z[D(G(z))])", **KINDS["minimax_game"])
    assert verdict.status == "undecided"


def test_a_target_that_cannot_be_read_is_the_instructors_fault():
    with pytest.raises(CourseError, match="A formula of the exercise cannot be read"):
        judge("a", "a +", domains=AB)
    with pytest.raises(CourseError, match="There is no world 'complex'"):
        judge("a", "a", domains=AB, world="complex")


def test_another_answers_verdict_never_changes():
    before = judge("a + a", "2 a", domains=AB)
    for text in ("exp(exp(exp(9)))", "1/(a - a)", "9^9^9^9", "0.333 a"):
        judge(text, "2 a", domains=AB)
    assert judge("a + a", "2 a", domains=AB) == before
