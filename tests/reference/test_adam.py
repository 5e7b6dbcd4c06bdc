import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from reference.adam import adam_step
from tests.reference.exact import TOLERANCE, powers_of_ten, search, signed, tables

numbers = signed(powers_of_ten(-6, 3))
ZERO = torch.zeros(3, dtype=torch.float64)
options = st.fixed_dictionaries(
    {
        "lr": powers_of_ten(-4, 0),
        "betas": st.tuples(st.sampled_from([0.0, 0.5, 0.9, 0.99]), st.sampled_from([0.0, 0.5, 0.99, 0.999])),
        "eps": powers_of_ten(-8, -1),
    }
)


def walk(theta, gradients, **options):
    m = v = torch.zeros_like(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta, m, v = adam_step(theta, gradient, m, v, t, **options)
    return theta


def weighted(theta, gradients, lr, betas, eps):
    """The same without a recursion: m and v are weighted sums of all gradients so far, at 50 digits."""
    for t in range(1, len(gradients) + 1):
        means = []
        for beta, power in zip(map(mpf, betas), (1, 2), strict=True):
            weights = [(1 - beta) * beta ** (t - i) for i in range(1, t + 1)]
            past = zip(weights, gradients, strict=False)
            means.append(mp.fsum(w * g**power for w, g in past) / (1 - beta**t))
        theta = theta - lr * means[0] / (mp.sqrt(means[1]) + eps)
    return theta


@search
@given(numbers, st.lists(numbers, min_size=1, max_size=5), options)
def test_steps_are_exact(theta, gradients, options):
    got = walk(torch.tensor(theta, dtype=torch.float64), torch.tensor(gradients, dtype=torch.float64), **options)
    with mp.workdps(50):
        exact = weighted(mpf(theta), [mpf(each) for each in gradients], **options)
        scale = abs(theta) + 30 * len(gradients) * options["lr"]  # no step is longer than about lr/sqrt(1 - beta_2)
        assert abs(got.item() - exact) <= TOLERANCE * scale


@search
@given(tables(numbers, 3), st.lists(tables(numbers, 3), min_size=1, max_size=6), options)
def test_steps_are_those_of_torch(theta, gradients, options):
    leaf = theta.clone().requires_grad_()
    theirs = torch.optim.Adam([leaf], **options)
    for gradient in gradients:
        leaf.grad = gradient.clone()
        theirs.step()
    torch.testing.assert_close(walk(theta, gradients, **options), leaf.detach(), rtol=1e-9, atol=1e-9)


@search
@given(tables(signed(powers_of_ten(-2, 3)), 3))
def test_the_first_step_is_as_long_as_the_learning_rate(gradient):
    theta, _, _ = adam_step(ZERO, gradient, ZERO, ZERO, 1, lr=0.5, eps=1e-12)
    torch.testing.assert_close(theta, -0.5 * gradient.sign())


def test_by_hand():
    one = torch.tensor(1.0)
    theta, m, v = adam_step(one, 2 * one, 0 * one, 0 * one, 1, lr=0.1, betas=(0.5, 0.75), eps=0.5)
    assert theta.item() == pytest.approx(1 - 0.1 * 2 / 2.5)
    assert (m.item(), v.item()) == (1, 1)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    each = torch.ones(2, 3, dtype=dtype)
    for value in adam_step(each, each, each, each, 3):
        assert value.shape == (2, 3)
        assert value.dtype == dtype
