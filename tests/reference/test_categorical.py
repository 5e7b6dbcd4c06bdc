import math

import pytest
import torch
from hypothesis import given
from torch.distributions import Categorical, kl_divergence

from reference.categorical import cross_entropy, entropy, expectation, kl_categorical
from tests.reference.exact import TOLERANCE, exp, powers_of_ten, search, signed, tables, worst_error

logs = tables(signed(powers_of_ten(-12, 1.7)), 3)  # unnormalised on purpose: the formulas are exact for every table
INF = math.inf


def expectation_terms(log_q, f):
    return [exp(log_q) * f]


# The derivative of q log q by log q is q log q + q, two terms: a pair that adds nothing lets the second one count.
def entropy_terms(log_p):
    p = exp(log_p)
    return [-p * log_p, p, -p]


def cross_entropy_terms(log_p, log_q):
    return [-exp(log_p) * log_q]


def kl_terms(log_q, log_p):
    q = exp(log_q)
    return [q * log_q, -q * log_p, q, -q]


@search
@given(logs, logs)
def test_all_are_exact(log_p, log_q):
    assert worst_error(expectation, expectation_terms, log_p, log_q) <= TOLERANCE
    assert worst_error(entropy, entropy_terms, log_p) <= TOLERANCE
    assert worst_error(cross_entropy, cross_entropy_terms, log_p, log_q) <= TOLERANCE
    assert worst_error(kl_categorical, kl_terms, log_p, log_q) <= TOLERANCE


@search
@given(logs, logs)
def test_all_agree_with_torch_distributions(log_p, log_q):
    p, q = Categorical(logits=log_p), Categorical(logits=log_q)
    torch.testing.assert_close(entropy(p.logits), p.entropy())
    torch.testing.assert_close(kl_categorical(p.logits, q.logits), kl_divergence(p, q))
    torch.testing.assert_close(cross_entropy(p.logits, q.logits), kl_divergence(p, q) + p.entropy())


@search
@given(logs, logs)
def test_cross_entropy_is_least_where_the_two_are_equal(log_p, log_q):
    log_p, log_q = log_p.log_softmax(-1), log_q.log_softmax(-1)
    assert cross_entropy(log_p, log_q) >= entropy(log_p) - 1e-12
    assert entropy(log_p) <= math.log(3) + 1e-12
    torch.testing.assert_close(cross_entropy(log_p, log_p), entropy(log_p), rtol=0, atol=0)


def test_cross_entropy_of_a_label_is_what_torch_calls_it():
    logits, labels = torch.randn(5, 4, generator=torch.Generator().manual_seed(0)), torch.tensor([0, 3, 1, 1, 2])
    certain = torch.nn.functional.one_hot(labels, 4).float().log()
    expected = torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    torch.testing.assert_close(cross_entropy(certain, logits.log_softmax(-1)), expected)


@pytest.mark.parametrize("divergence", [cross_entropy, kl_categorical])
def test_what_the_other_excludes_costs_infinitely_much(divergence):
    both, one = torch.tensor([0.5, 0.5]).log(), torch.tensor([1.0, 0.0]).log()
    assert divergence(both, one).item() == INF
    assert divergence(one, both).item() == pytest.approx(math.log(2))


def test_certain_states_leave_no_nan():
    certain = torch.tensor([1.0, 0.0]).log().requires_grad_()
    value = entropy(certain)
    assert value.item() == 0
    assert not torch.autograd.grad(value, certain)[0].isnan().any()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    table = torch.zeros(2, 3, 4, dtype=dtype)
    for value in (entropy(table), cross_entropy(table, table), kl_categorical(table, table)):
        assert value.shape == (2, 3)
        assert value.dtype == dtype
