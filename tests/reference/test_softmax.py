import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from torch.nn import functional as F

from reference.softmax import softmax, softmax_cross_entropy, softmax_cross_entropy_gradient
from tests.reference.exact import TOLERANCE, exp, log, powers_of_ten, search, signed, tables, worst_error

logits = tables(signed(powers_of_ten(-6, 2)), 2, 3)
labels = st.lists(st.integers(0, 2), min_size=2, max_size=2).map(torch.tensor)


def loss_terms(right):
    """The log of the sum and the right logit; a pair that adds nothing lets the two parts of p - 1 count."""

    def terms(z):
        rows = range(len(right))
        sums = [log(mp.fsum(exp(z[n]))) / len(right) for n in rows]
        picked = [z[n, int(right[n])] / len(right) for n in rows]
        return [*sums, *(-each for each in picked), *picked, *(-each for each in picked)]

    return terms


@search
@given(logits, labels)
def test_loss_and_its_gradient_are_exact(z, y):
    assert worst_error(lambda z: softmax_cross_entropy(z, y), loss_terms(y), z) <= TOLERANCE


@search
@given(logits, labels)
def test_the_gradient_is_what_autograd_finds(z, y):
    z.requires_grad_()
    (found,) = torch.autograd.grad(softmax_cross_entropy(z, y), z)
    torch.testing.assert_close(softmax_cross_entropy_gradient(z, y), found, rtol=1e-12, atol=1e-14)


@search
@given(logits, labels)
def test_all_agree_with_torch(z, y):
    torch.testing.assert_close(softmax(z), z.softmax(-1), rtol=1e-12, atol=1e-14)
    torch.testing.assert_close(softmax_cross_entropy(z, y), F.cross_entropy(z, y), rtol=1e-12, atol=1e-12)


@search
@given(logits, labels, st.floats(-50, 50))
def test_a_constant_added_to_a_row_changes_nothing(z, y, shift):
    torch.testing.assert_close(softmax_cross_entropy(z + shift, y), softmax_cross_entropy(z, y), rtol=1e-9, atol=1e-10)
    assert softmax_cross_entropy_gradient(z, y).sum(-1).abs().max() < 1e-14


def test_gradcheck():
    z, y = (
        torch.randn(4, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64),
        torch.tensor([0, 2, 2, 1]),
    )
    assert torch.autograd.gradcheck(lambda z: softmax_cross_entropy(z, y), z.requires_grad_())
    assert torch.autograd.gradgradcheck(lambda z: softmax_cross_entropy(z, y), z)


@pytest.mark.parametrize(("z", "loss"), [([0.0, 0.0, 0.0, 0.0], math.log(4)), ([1e4, 0.0], 0.0), ([0.0, 1e4], 1e4)])
def test_by_hand_and_far_out(z, loss):
    z, y = torch.tensor([z]), torch.tensor([0])
    assert softmax_cross_entropy(z, y).item() == pytest.approx(loss)
    assert softmax_cross_entropy_gradient(z, y).isfinite().all()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    z, y = torch.zeros(5, 3, dtype=dtype), torch.zeros(5, dtype=torch.int64)
    assert softmax(z.reshape(5, 1, 3)).shape == (5, 1, 3)
    assert softmax_cross_entropy(z, y).shape == ()
    assert softmax_cross_entropy_gradient(z, y).shape == (5, 3)
    assert {softmax(z).dtype, softmax_cross_entropy(z, y).dtype, softmax_cross_entropy_gradient(z, y).dtype} == {dtype}
