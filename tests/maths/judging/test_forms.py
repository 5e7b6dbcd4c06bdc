"""What a line looks like, whatever it is worth."""

import pytest

from autograder.maths.judging import forms
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.echo import latex
from autograder.maths.reading.reader import read

LATENT = judge_for("latent", {}).language


@pytest.mark.parametrize(
    ("line", "factored", "split"),
    [
        ("∫ q(z) log(p(x|z) p(z)/q(z)) dz", True, False),
        ("E_q[log p(x|z)] + E_q[log(p(z)/q(z))]", True, True),
        ("∫ q(z) log(p(z,x)/q(z)) dz", False, False),
        ("E_q[log p(x|z)] + E_q[log p(z,x) - log p(x|z) - log q(z)]", False, False),  # the joint density is still there
        ("E_q[log p(x|z)] - KL(q(z) || p(z))", False, False),  # called a KL already
        ("E_q[log q(z|x)]", False, False),
        ("E_q[log p(z)]", False, False),
    ],
)
def test_a_joint_density_is_factored_and_the_logarithms_are_split(line, factored, split):
    tree = read(line, LATENT)
    assert forms.joint_factored(tree, [], end=False) == factored
    assert forms.logs_split(tree, [], end=False) == split


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("log p(x) - (1 - log q(z))", ["log p(x)", "-1", "log q(z)"]),
        ("-(-(1 + log p(x)))", ["1", "log p(x)"]),
        ("E_q[log p(z) - 2]", ["E_q[log p(z)]", "-2"]),  # what does not depend on z stands outside
        ("-E_q[log p(z) - log q(z)]", ["-E_q[log p(z)]", "-E_q[-log q(z)]"]),
        ("2 (log p(x) - 3)", ["2 log p(x)", "2 (-3)"]),
        ("∫ q(z) (log p(z) - log q(z)) dz", ["∫ q(z) log p(z) dz", "∫ q(z) (-log q(z)) dz"]),
    ],
)
def test_the_terms_of_a_line_with_their_signs(line, terms):
    found = [latex(tree) for tree in forms.expanded(read(line, LATENT))]
    assert found == [latex(read(term, LATENT)) for term in terms]
