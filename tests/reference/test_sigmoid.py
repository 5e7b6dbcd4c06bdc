import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from reference.sigmoid import sigmoid, sigmoid_derivative
from tests.reference.exact import search

points = st.floats(-300, 300)


@search
@given(points)
def test_both_keep_their_digits_far_out(x):
    """Relative to the value itself, however small."""
    x = torch.tensor(x, dtype=torch.float64)
    with mp.workdps(200):
        s = 1 / (1 + mp.exp(-mpf(x.item())))
        assert abs(sigmoid(x).item() / s - 1) <= 1e-13
        assert abs(sigmoid_derivative(x).item() / (s * (1 - s)) - 1) <= 1e-13


@search
@given(points)
def test_the_derivative_is_what_autograd_and_a_hyperbola_say(x):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (found,) = torch.autograd.grad(sigmoid(x), x)
    torch.testing.assert_close(sigmoid_derivative(x), found, rtol=1e-12, atol=1e-15)
    torch.testing.assert_close(sigmoid_derivative(x), 1 / (4 * torch.cosh(x / 2) ** 2), rtol=1e-12, atol=0)


@pytest.mark.parametrize("x", [-30.0, -1.0, 0.0, 0.7, 5.0, 30.0])
def test_the_derivative_is_the_slope(x):
    with mp.workdps(60):
        slope = mp.diff(lambda x: 1 / (1 + mp.exp(-x)), mpf(x))
        assert abs(sigmoid_derivative(torch.tensor(x, dtype=torch.float64)).item() / slope - 1) <= 1e-13


def test_gradcheck():
    x = torch.linspace(-5, 5, 11, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(sigmoid, x)
    assert torch.autograd.gradcheck(sigmoid_derivative, x)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_dtypes_and_the_largest_slope(dtype):
    x = torch.zeros(2, 3, dtype=dtype)
    assert sigmoid(x).eq(0.5).all()
    assert sigmoid_derivative(x).eq(0.25).all()
    assert sigmoid_derivative(x).dtype == dtype
    assert sigmoid_derivative(torch.tensor([-1e4, 1e4], dtype=dtype)).tolist() == [0, 0]
