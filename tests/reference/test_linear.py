import pytest
import torch
from hypothesis import given
from torch.nn import functional as F

from reference.linear import linear_backward, linear_forward
from tests.reference.exact import TOLERANCE, powers_of_ten, search, signed, tables, worst_error

numbers = signed(powers_of_ten(-6, 4))


def entry(n, k):
    """One number of the layer's output, as a function and as the terms it adds up."""
    return (
        lambda x, w, b: linear_forward(x, w, b)[n, k],
        lambda x, w, b: [*(x[n, d] * w[d, k] for d in range(len(w))), b[k]],
    )


@search
@given(tables(numbers, 2, 3), tables(numbers, 3, 2), tables(numbers, 2))
def test_forward_is_exact(x, w, b):
    for n, k in ((0, 0), (1, 1), (0, 1)):
        assert worst_error(*entry(n, k), x, w, b) <= TOLERANCE


@search
@given(tables(numbers, 2, 3), tables(numbers, 3, 2), tables(numbers, 2), tables(numbers, 2, 2))
def test_backward_is_what_autograd_finds(x, w, b, grad_y):
    leaves = [each.requires_grad_() for each in (x, w, b)]
    found = torch.autograd.grad(linear_forward(*leaves), leaves, grad_y)
    for mine, theirs in zip(linear_backward(x, w, grad_y), found, strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-12, atol=1e-12 * float(grad_y.abs().max()))


@search
@given(tables(numbers, 1, 3), tables(numbers, 3, 2), tables(numbers, 1, 2))
def test_backward_adds_up_over_the_batch(x, w, grad_y):
    """The gradients of a batch of two copies: the same rows for x, twice as much for w and b."""
    one = linear_backward(x, w, grad_y)
    two = linear_backward(x.expand(2, -1), w, grad_y.expand(2, -1))
    torch.testing.assert_close(two, (one[0].expand(2, -1), 2 * one[1], 2 * one[2]), rtol=1e-12, atol=0)


def test_forward_is_torchs_layer_with_the_weights_turned():
    x, w, b = (torch.randn(*shape, generator=torch.Generator().manual_seed(0)) for shape in ((5, 4), (4, 3), (3,)))
    torch.testing.assert_close(linear_forward(x, w, b), F.linear(x, w.T, b))


def test_gradcheck():
    generator = torch.Generator().manual_seed(0)
    leaves = [
        torch.randn(*s, generator=generator, dtype=torch.float64).requires_grad_() for s in ((3, 2), (2, 4), (4,))
    ]
    assert torch.autograd.gradcheck(linear_forward, leaves)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    x, w, b = (torch.ones(*shape, dtype=dtype) for shape in ((5, 4), (4, 3), (3,)))
    y = linear_forward(x, w, b)
    gradients = linear_backward(x, w, y)
    assert [each.shape for each in (y, *gradients)] == [(5, 3), (5, 4), (4, 3), (3,)]
    assert {each.dtype for each in (y, *gradients)} == {dtype}
