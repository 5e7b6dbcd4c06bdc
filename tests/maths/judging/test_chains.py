"""Which equations are the derivation, and which stand beside it."""

from tests.maths.judging.answers import ELBO, KL, elbo, kl, words


def passes(lines):
    return [line.passes for line in lines]


def test_what_a_bound_is_derived_from_may_be_its_smaller_side():
    """log p(x) ≥ L = ...: the derivation is of L."""
    first = ELBO[0].replace("L =", "log p(x) ≥")
    assert passes(elbo(first, *ELBO[1:])) == passes(elbo(*ELBO))
    assert words(elbo(first, *ELBO[1:])) == ["follows"] * 4


def test_a_calculation_beside_the_chain_goes_on_or_the_chain_does():
    moment = "E_q[(x-μ₂)²] = E_q[x²] - 2 μ₂ E_q[x] + μ₂²"
    assert words(kl(KL[0], moment, "= σ₁² + (μ₁-μ₂)²", KL[1])) == [
        "follows",
        "side equation",
        "side equation",
        "follows",
    ]


def test_without_a_line_of_the_right_value_the_longest_chain_is_the_derivation():
    found = kl("E_q[x] = μ₁", "KL = log(σ₁/σ₂) = log σ₁ - log σ₂ = log(σ₁) - log(σ₂)")
    assert words(found) == ["side equation", "first error"]


def test_a_chain_that_ends_in_what_is_computed_ends_in_the_formula_before_it():
    found = kl(KL[0], KL[1], "= KL(q || p)")
    assert words(found) == ["follows"] * 3
    assert [line.passes for line in found] == [("start",), ("end",), ()]
    assert [line.passes for line in kl(KL[0].replace("KL(q || p) = ", ""), KL[1], "= KL")] == [("start",), ("end",), ()]


def test_a_logarithm_without_brackets_may_be_of_the_product_behind_it():
    """Where the derivation is right only so; a sign that is wrong either way stays wrong."""
    taken = "= E_q[log p(x|z) p(z)] - E_q[log q(z)]"
    assert words(elbo(*ELBO[:2], taken, ELBO[3])) == ["follows"] * 4
    assert "first error" in words(elbo(*ELBO[:2], taken.replace("-", "+"), ELBO[3]))
