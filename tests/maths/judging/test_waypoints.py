"""Which line of a derivation passes which waypoint."""

import pytest

from tests.maths.judging.answers import KL, kl, words

PUT_IN = "= E_q[-log σ₁ - (x-μ₁)²/(2σ₁²) + log σ₂ + (x-μ₂)²/(2σ₂²)]"
TERM_BY_TERM = "= -log σ₁ - 1/2 + log σ₂ + (σ₁² + (μ₁-μ₂)²)/(2σ₂²)"
EVALUATED = "moments evaluated"


@pytest.mark.parametrize(
    ("lines", "passed"),
    [
        ([PUT_IN, TERM_BY_TERM], True),  # each moment stands where its expectation stood
        ([PUT_IN, KL[1]], False),  # the result put down
        (
            # every expectation has a formula of its own below it, but no log density was put in
            [
                "= E_q[log q(x)] - E_q[log p(x)]",
                "= -1/2 log(2 π e σ₁²) + 1/2 log(2 π σ₂² exp((σ₁² + (μ₁-μ₂)²)/σ₂²))",
            ],
            False,
        ),
        ([PUT_IN, "= -log σ₁ - 1/2 + log σ₂ + E_q[(x-μ₂)²]/(2σ₂²)", KL[1]], True),
    ],
)
def test_the_result_shows_its_moments_term_by_term_or_a_line_before_it_does(lines, passed):
    found = kl(KL[0], *lines)
    assert words(found) == ["follows"] * (1 + len(lines))
    assert found[-1].passes == (("end", EVALUATED) if passed else ("end",))


def test_what_the_densities_are_counts_with_a_line_between_definition_and_result():
    noted = "log q(x) - log p(x) = log(σ₂/σ₁) - (x-μ₁)²/(2σ₁²) + (x-μ₂)²/(2σ₂²)"
    moments = "= log(σ₂/σ₁) - σ₁²/(2σ₁²) + (σ₁² + (μ₁-μ₂)²)/(2σ₂²)"
    found = kl(noted, KL[0], moments, KL[1])
    assert [line.passes for line in found] == [("log densities put in",), ("start",), (EVALUATED,), ("end",)]
    assert [line.passes for line in kl(noted, KL[0], KL[1])] == [(), ("start",), ("end",)]
    still = "log q(x) - log p(x) = log(q(x)/p(x))"  # says nothing of what the densities are
    assert [line.passes for line in kl(still, KL[0], moments, KL[1])] == [(), ("start",), (EVALUATED,), ("end",)]


@pytest.mark.parametrize(
    ("beside", "passed"),
    [
        # an expectation of a log density worked out beside the chain
        (["E_q[log q(x)] = -log σ₁ - 1/2 log(2π) - E_q[(x-μ₁)²]/(2σ₁²)", "= -log σ₁ - 1/2 log(2π) - 1/2"], [2, 3, 4]),
        # only other notation for it
        (["E_q[log q(x)] = ∫ q(x) log q(x) dx"], []),
        # what a density is, without an expectation that is seen to be evaluated
        (["log q(x) = -log σ₁ - 1/2 log(2π) - (x-μ₁)²/(2σ₁²)"], []),
        # and with one
        (["log q(x) = -log σ₁ - 1/2 log(2π) - (x-μ₁)²/(2σ₁²)", "E_q[(x-μ₁)²] = σ₁²"], [2, 4]),
    ],
)
def test_what_stands_beside_the_chain_counts_where_an_expectation_is_worked_out(beside, passed):
    found = kl(KL[0], *beside, f"KL {KL[1]}")
    assert set(words(found)) == {"follows", "side equation"}
    seen = [line.number for line in found if set(line.passes) & {"log densities put in", EVALUATED}]
    assert seen == passed
