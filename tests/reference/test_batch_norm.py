import pytest
import torch
from hypothesis import given
from mpmath import mp, mpf
from torch import nn

from reference.batch_norm import batch_moments, batch_norm, running_moments
from tests.reference.exact import TOLERANCE, powers_of_ten, search, signed, tables, worst_error

numbers = signed(powers_of_ten(-3, 2))
variances = powers_of_ten(-6, 4)
ROWS, COLUMNS = 5, 3


def normalised_terms(x, gamma, beta, mean, var):
    root = mp.sqrt(var[0] + mpf(1e-5))
    return [gamma[0] * x[0, 0] / root, -gamma[0] * mean[0] / root, beta[0]]


@search
@given(tables(numbers, 1, 1), tables(numbers, 1), tables(numbers, 1), tables(numbers, 1), tables(variances, 1))
def test_batch_norm_is_exact(x, gamma, beta, mean, var):
    assert worst_error(lambda *args: batch_norm(*args)[0, 0], normalised_terms, x, gamma, beta, mean, var) <= TOLERANCE


@search
@given(tables(numbers, ROWS, COLUMNS))
def test_batch_moments_are_those_of_torch(x):
    mean, var = batch_moments(x)
    var_there, mean_there = torch.var_mean(x, 0, correction=0)
    torch.testing.assert_close(mean, mean_there, rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(var, var_there, rtol=1e-10, atol=1e-12)


def layer(x, gamma, beta, mean, var, *, training):
    theirs = nn.BatchNorm1d(COLUMNS, dtype=torch.float64).train(training)
    theirs.load_state_dict(
        {
            "weight": gamma,
            "bias": beta,
            "running_mean": mean,
            "running_var": var,
            "num_batches_tracked": torch.tensor(0),
        }
    )
    return theirs(x), theirs.running_mean, theirs.running_var


columns = tables(numbers, COLUMNS)


@search
@given(tables(numbers, ROWS, COLUMNS), columns, columns, columns, tables(variances, COLUMNS))
def test_training_and_evaluation_are_those_of_torch(x, gamma, beta, mean, var):
    mine = batch_norm(x, gamma, beta, *batch_moments(x)), *running_moments(mean, var, x)
    torch.testing.assert_close(mine, layer(x, gamma, beta, mean, var, training=True), rtol=1e-7, atol=1e-7)
    mine = batch_norm(x, gamma, beta, mean, var), mean, var
    torch.testing.assert_close(mine, layer(x, gamma, beta, mean, var, training=False), rtol=1e-9, atol=1e-9)


@search
@given(tables(numbers, ROWS, COLUMNS), columns, columns, tables(numbers, ROWS, COLUMNS))
def test_the_gradient_through_the_batch_is_the_papers(x, gamma, beta, grad_y):
    """Ioffe and Szegedy, section 3: dx = gamma/root · (dy - mean(dy) - x̂ mean(dy x̂))."""
    x.requires_grad_()
    mean, var = batch_moments(x)
    (found,) = torch.autograd.grad(batch_norm(x, gamma, beta, mean, var), x, grad_y)
    root = torch.sqrt(var + 1e-5).detach()
    x_hat = ((x - mean) / root).detach()
    expected = gamma / root * (grad_y - grad_y.mean(0) - x_hat * (grad_y * x_hat).mean(0))
    scale = float((gamma / root).abs().max() * grad_y.abs().max())
    torch.testing.assert_close(found, expected, rtol=1e-9, atol=1e-9 * scale)


def test_gradcheck():
    x = torch.randn(4, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64).requires_grad_()
    gamma, beta = torch.tensor([0.5, -2.0]).double().requires_grad_(), torch.ones(2).double().requires_grad_()
    assert torch.autograd.gradcheck(
        lambda x, gamma, beta: batch_norm(x, gamma, beta, *batch_moments(x)), (x, gamma, beta)
    )


def test_by_hand():
    x = torch.tensor([[1.0], [3.0]], dtype=torch.float64)
    mean, var = batch_moments(x)
    assert (mean.item(), var.item()) == (2, 1)
    y = batch_norm(x, torch.tensor([2.0]), torch.tensor([5.0]), mean, var, eps=3.0)
    assert y.flatten().tolist() == [4, 6]
    mean, var = running_moments(torch.zeros(1), torch.ones(1), x, momentum=0.5)
    assert (mean.item(), var.item()) == (1, 1.5)  # the unbiased variance of 1 and 3 is 2


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    x, d = torch.arange(8, dtype=dtype).reshape(4, 2), torch.ones(2, dtype=dtype)
    values = [batch_norm(x, d, d, d, d), *batch_moments(x), *running_moments(d, d, x)]
    assert [value.shape for value in values] == [(4, 2), (2,), (2,), (2,), (2,)]
    assert {value.dtype for value in values} == {dtype}
