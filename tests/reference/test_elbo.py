import math

import pytest
import torch
from hypothesis import given
from mpmath import mp, mpf
from torch.distributions import Normal

from reference.elbo import elbo, elbo_from_evidence, elbo_from_likelihood
from tests.reference.exact import TOLERANCE, exp, log, powers_of_ten, search, signed, tables, worst_error
from tests.reference.test_categorical import kl_terms

logs = tables(signed(powers_of_ten(-12, 1.7)), 3)  # unnormalised on purpose: the formulas are exact for every table
INF = math.inf
FORMS = ["definition", "likelihood", "evidence"]


def elbo_terms(log_q, log_joint):
    return [-term for term in kl_terms(log_q, log_joint)]


def likelihood_terms(log_q, log_likelihood, log_prior):
    return [exp(log_q) * log_likelihood, *elbo_terms(log_q, log_prior)]


def evidence_terms(log_q, log_joint):
    log_evidence = log(mp.fsum(exp(log_joint)))
    shares = exp(log_joint - log_evidence)
    return [log_evidence, *elbo_terms(log_q, log_joint), -exp(log_q) * log_evidence, shares, -shares]


@search
@given(logs, logs)
def test_elbo_from_two_tables_is_exact(log_q, other):
    assert worst_error(elbo, elbo_terms, log_q, other) <= TOLERANCE
    assert worst_error(elbo_from_evidence, evidence_terms, log_q, other) <= TOLERANCE


@search
@given(logs, logs, logs)
def test_elbo_from_likelihood_is_exact(log_q, log_likelihood, log_prior):
    assert worst_error(elbo_from_likelihood, likelihood_terms, log_q, log_likelihood, log_prior) <= TOLERANCE


@search
@given(logs, logs, logs)
def test_the_forms_agree_and_stay_below_the_evidence(log_q, log_likelihood, log_prior):
    log_q, log_prior = log_q.log_softmax(-1), log_prior.log_softmax(-1)
    values = torch.stack([form(log_q, log_likelihood, log_prior) for form in map(bound, FORMS)])
    torch.testing.assert_close(values, values[:1].expand(3), rtol=1e-12, atol=1e-12)
    assert (values <= torch.logsumexp(log_likelihood + log_prior, -1) + 1e-12).all()


@search
@given(logs)
def test_the_posterior_reaches_the_evidence(log_joint):
    posterior = log_joint.log_softmax(-1)
    with mp.workdps(50):
        evidence = float(log(mp.fsum(mp.exp(mpf(each)) for each in log_joint.tolist())))
    assert elbo(posterior, log_joint).item() == pytest.approx(evidence, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("x", "mean", "spread"), [(0.0, 0.0, 1.0), (1.5, 0.7, 0.4), (-2.0, 1.0, 0.6)])
def test_a_fine_grid_gives_the_bound_of_the_linear_gaussian_model(form, x, mean, spread):
    """z ~ N(0, 1), x|z ~ N(z, ½²), q(z) = N(mean, spread²): the bound worked out by hand."""
    z = torch.linspace(-9, 9, 4001, dtype=torch.float64)
    x, mean, spread = (torch.tensor(each, dtype=torch.float64) for each in (x, mean, spread))
    cell = math.log(18 / 4000)
    log_prior, log_q = Normal(torch.zeros_like(x), 1.0).log_prob(z) + cell, Normal(mean, spread).log_prob(z) + cell
    value = bound(form)(log_q, Normal(z, 0.5).log_prob(x), log_prior)
    reconstruction = -math.log(2 * math.pi * 0.25) / 2 - ((x - mean) ** 2 + spread**2) / (2 * 0.25)
    regulariser = (mean**2 + spread**2 - 1) / 2 - torch.log(spread)
    torch.testing.assert_close(value, reconstruction - regulariser, rtol=1e-10, atol=0)


@pytest.mark.parametrize("form", FORMS)
def test_states_that_q_excludes_add_nothing(form):
    """Values and gradients are those of the two states that are left, even if the model excludes the third as well."""
    tables_of_two = [torch.tensor([0.25, 0.75]), torch.tensor([0.5, 2.0]), torch.tensor([0.4, 0.6])]
    expected = bound(form)(*(table.log() for table in tables_of_two))
    leaves = [torch.cat([table, torch.zeros(1)]).log().requires_grad_() for table in tables_of_two]
    value = bound(form)(*leaves)
    torch.testing.assert_close(value, expected)
    assert not any(gradient.isnan().any() for gradient in torch.autograd.grad(value, leaves))


def test_what_the_model_excludes_costs_infinitely_much():
    log_q, log_p = torch.tensor([0.5, 0.5]).log(), torch.tensor([1.0, 0.0]).log()
    assert elbo(log_q, log_p).item() == -INF
    assert elbo_from_evidence(log_q, log_p).item() == -INF
    assert elbo_from_likelihood(log_q, torch.zeros(2), log_p).item() == -INF


def bound(form):
    """The form as a function of log q(z), log p(x|z) and log p(z)."""
    return {
        "definition": lambda log_q, log_likelihood, log_prior: elbo(log_q, log_likelihood + log_prior),
        "likelihood": elbo_from_likelihood,
        "evidence": lambda log_q, log_likelihood, log_prior: elbo_from_evidence(log_q, log_likelihood + log_prior),
    }[form]
