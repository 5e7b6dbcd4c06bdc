"""What is said of two formulas beside whether they are equal."""

import pytest

from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.reader import read
from tests.maths.exercises import NORMALS
from tests.maths.judging.answers import elbo, formula

ELBO = "∫ q(z) log(p(z,x)/q(z)) dz"
NOTE = "One argument of the KL is no distribution over z; it is read as ∫ a log(a/b) dz."
LATENT = judge_for("latent", {})


@pytest.mark.parametrize(
    ("divergence", "noted"),
    [
        ("KL(q(z) || p(z))", False),
        ("KL(q(z) || p(z|x))", False),
        ("KL(q(z) || p(z,x))", True),
        ("KL(q(z) || p(x|z))", True),
        ("KL(q(z) || 2)", True),
        ("KL(q(z) || p(z) p(x|z))", True),
        ("KL(q(z) || p(z)/p(x))", True),
    ],
)
def test_what_is_no_distribution_in_a_kl_is_noted(divergence, noted):
    assert LATENT.notes(read(divergence, LATENT.language)) == ((NOTE,) if noted else ())


@pytest.mark.parametrize(("text", "becomes"), [("-KL(q(z) || p(z,x))", "right"), ("1 - KL(q(z) || p(z,x))", "other")])
def test_the_note_is_given_whatever_the_verdict(text, becomes):
    found, _, message = formula(text, ELBO, domains={}, world="latent")
    assert (found == "right") == (becomes == "right")
    assert NOTE in message


def test_the_note_is_given_where_only_approximate_values_are_to_be_had():
    line = "E_q[1/(1 + x^2)] - KL(q(x) || 2)"  # no closed form
    becomes, _, message = formula(line, "mu_1", domains=NORMALS, world="two_normals")
    assert becomes == "another_formula"
    assert "your answer gives 3.676, what is asked gives 1." in message
    assert message.endswith("∫ a log(a/b) dx.")


def test_the_note_on_a_row_of_several_sides_is_given_once():
    assert elbo(f"L = {ELBO} = -KL(q(z) || p(z,x))")[0].message == NOTE
