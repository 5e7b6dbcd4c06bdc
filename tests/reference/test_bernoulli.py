import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.distributions import Bernoulli
from torch.nn.functional import binary_cross_entropy

from reference.bernoulli import bernoulli_cross_entropy, bernoulli_log_likelihood
from tests.reference.exact import TOLERANCE, log, powers_of_ten, probabilities, search, worst_error

INF = math.inf


def likelihood_terms(p, successes, failures):
    return [successes * log(p), failures * log(1 - p)]


def cross_entropy_terms(x_hat, x):
    return [-x * log(x_hat), -(1 - x) * log(1 - x_hat)]


@search
@given(probabilities, powers_of_ten(-3, 3), powers_of_ten(-3, 3))
def test_log_likelihood_is_exact(p, successes, failures):
    assert worst_error(bernoulli_log_likelihood, likelihood_terms, p, successes, failures) <= TOLERANCE


@search
@given(probabilities, st.sampled_from([0.0, 1.0]) | probabilities)
def test_cross_entropy_is_exact(x_hat, x):
    assert worst_error(bernoulli_cross_entropy, cross_entropy_terms, x_hat, x) <= TOLERANCE


@pytest.mark.parametrize("x_hat", [1e-12, 0.5, 1 - 1e-12])
@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_cross_entropy_is_exact_near_the_edges(x_hat, x):
    assert worst_error(bernoulli_cross_entropy, cross_entropy_terms, x_hat, x) <= TOLERANCE


def test_agrees_with_torch_distributions_and_functional():
    generator = torch.Generator().manual_seed(0)
    x_hat, x = torch.rand(2, 5, 3, generator=generator, dtype=torch.float64)
    binary = x.round()
    torch.testing.assert_close(bernoulli_cross_entropy(x_hat, binary), -Bernoulli(x_hat).log_prob(binary))
    torch.testing.assert_close(bernoulli_cross_entropy(x_hat, x), binary_cross_entropy(x_hat, x, reduction="none"))


# Derivatives at the edges are the limits from inside the domain; what is certain costs nothing.
@pytest.mark.parametrize(
    ("x_hat", "x", "value", "by_x_hat"),
    [
        (0.0, 0.0, 0.0, 1.0),
        (1.0, 1.0, 0.0, -1.0),
        (0.0, 1.0, INF, -INF),
        (1.0, 0.0, INF, INF),
        (0.0, 0.25, INF, -INF),
        (1.0, 0.25, INF, INF),
    ],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_cross_entropy_at_the_edges(x_hat, x, value, by_x_hat, dtype):
    x_hat, x = (torch.tensor(each, dtype=dtype, requires_grad=True) for each in (x_hat, x))
    loss = bernoulli_cross_entropy(x_hat, x)
    loss.backward()
    assert (loss.item(), x_hat.grad.item()) == (value, by_x_hat)
    assert loss.dtype == dtype and not x.grad.isnan()


def test_log_likelihood_broadcasts():
    assert bernoulli_log_likelihood(torch.full((3, 1), 0.5), torch.zeros(4), torch.ones(())).shape == (3, 4)
