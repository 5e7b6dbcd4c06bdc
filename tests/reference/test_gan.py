import math

import pytest
import torch
from hypothesis import given
from mpmath import mp, mpf
from torch.nn.functional import binary_cross_entropy

from reference.gan import (
    discriminator_loss,
    generator_loss,
    nonsaturating_generator_loss,
    optimal_discriminator,
    value_function,
)
from tests.reference.exact import TOLERANCE, log, powers_of_ten, probabilities, search, tables, worst_error

INF = math.inf


def discriminator_terms(d_real, d_fake):
    return [-log(d_real) / (2 * d_real.size), -log(1 - d_fake) / (2 * d_fake.size)]


def generator_terms(d_real, d_fake):
    return [-term for term in discriminator_terms(d_real, d_fake)]


def nonsaturating_terms(d_fake):
    return [-log(d_fake) / (2 * d_fake.size)]


def value_terms(d, p_data, p_g):
    return [p_data * log(d) / 2, p_g * log(1 - d) / 2]


@search
@given(tables(probabilities, 3), tables(probabilities, 2, 1))
def test_losses_are_exact(d_real, d_fake):
    assert worst_error(discriminator_loss, discriminator_terms, d_real, d_fake) <= TOLERANCE
    assert worst_error(generator_loss, generator_terms, d_real, d_fake) <= TOLERANCE
    assert worst_error(nonsaturating_generator_loss, nonsaturating_terms, d_fake) <= TOLERANCE


@pytest.mark.parametrize("d_real", [1e-12, 0.5, 1 - 1e-12])
@pytest.mark.parametrize("d_fake", [1e-12, 0.5, 1 - 1e-12])
def test_losses_are_exact_near_the_edges(d_real, d_fake):
    real, fake = torch.tensor([d_real], dtype=torch.float64), torch.tensor([d_fake], dtype=torch.float64)
    assert worst_error(discriminator_loss, discriminator_terms, real, fake) <= TOLERANCE
    assert worst_error(generator_loss, generator_terms, real, fake) <= TOLERANCE
    assert worst_error(nonsaturating_generator_loss, nonsaturating_terms, fake) <= TOLERANCE


@search
@given(tables(probabilities, 3), tables(probabilities, 3), tables(probabilities, 3))
def test_value_function_is_exact(d, p_data, p_g):
    assert worst_error(value_function, value_terms, d, p_data, p_g) <= TOLERANCE


@search
@given(powers_of_ten(-12, 6), powers_of_ten(-12, 6))
def test_optimal_discriminator_is_exact(p_data, p_g):
    """The derivatives are held to the largest term of the quotient rule, 1/(p_data + p_g)."""
    p_data, p_g = (torch.tensor(each, dtype=torch.float64, requires_grad=True) for each in (p_data, p_g))
    d = optimal_discriminator(p_data, p_g)
    gradients = torch.autograd.grad(d, (p_data, p_g))
    with mp.workdps(50):
        a, b = mpf(p_data.item()), mpf(p_g.item())
        assert abs(d.item() - a / (a + b)) <= TOLERANCE * a / (a + b)
        for got, exact in zip(gradients, (b / (a + b) ** 2, -a / (a + b) ** 2), strict=True):
            assert abs(got.item() - exact) <= TOLERANCE / (a + b)


@search
@given(powers_of_ten(-6, 2), powers_of_ten(-6, 2))
def test_optimal_discriminator_is_where_the_value_stops_rising(p_data, p_g):
    """Found by bisection on the slope p_data/D - p_g/(1 - D), which falls all the way from 0 to 1."""
    low, high = mpf(0), mpf(1)
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if p_data / middle > p_g / (1 - middle) else (low, middle)
    d = optimal_discriminator(torch.tensor(p_data, dtype=torch.float64), torch.tensor(p_g, dtype=torch.float64))
    assert d.item() == pytest.approx(float(low), rel=1e-12)


@search
@given(tables(powers_of_ten(-6, 0), 4), tables(powers_of_ten(-6, 0), 4), tables(probabilities, 4))
def test_the_optimal_value_is_the_jensen_shannon_divergence(p_data, p_g, other):
    """V(D*, G) = JSD(p_data, p_g) - log 2 with the halves, and no other D gets above it."""
    p_data, p_g = p_data / p_data.sum(), p_g / p_g.sum()
    best = value_function(optimal_discriminator(p_data, p_g), p_data, p_g)
    jsd = math.fsum(
        (a * math.log(2 * a / (a + b)) + b * math.log(2 * b / (a + b))) / 2
        for a, b in zip(p_data.tolist(), p_g.tolist(), strict=True)
    )
    assert best.item() == pytest.approx(jsd - math.log(2), rel=1e-12)
    assert value_function(other, p_data, p_g) <= best + 1e-12


def test_losses_agree_with_binary_cross_entropy_on_labels():
    generator = torch.Generator().manual_seed(0)
    d_real = torch.rand(7, generator=generator, dtype=torch.float64)
    d_fake = torch.rand(3, 1, generator=generator, dtype=torch.float64)
    real = binary_cross_entropy(d_real, torch.ones_like(d_real))
    fake = binary_cross_entropy(d_fake, torch.zeros_like(d_fake))
    torch.testing.assert_close(discriminator_loss(d_real, d_fake), (real + fake) / 2)
    torch.testing.assert_close(generator_loss(d_real, d_fake), -(real + fake) / 2)
    fooled = binary_cross_entropy(d_fake, torch.ones_like(d_fake))
    torch.testing.assert_close(nonsaturating_generator_loss(d_fake), fooled / 2)


def test_value_function_on_the_empirical_tables_is_minus_the_discriminators_loss():
    """Four points; a batch that visits them 3, 1, 0, 0 times, and one that visits them 0, 0, 1, 1 times."""
    d = torch.tensor([0.9, 0.4, 0.3, 0.2], dtype=torch.float64)
    p_data, p_g = torch.tensor([0.75, 0.25, 0.0, 0.0]), torch.tensor([0.0, 0.0, 0.5, 0.5])
    loss = discriminator_loss(d[[0, 0, 1, 0]], d[[2, 3]])
    torch.testing.assert_close(value_function(d, p_data.double(), p_g.double()), -loss)


@pytest.mark.parametrize("d_real", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("d_fake", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_losses_at_the_edges_are_infinite_or_right_and_never_nan(d_real, d_fake, dtype):
    real = torch.tensor([d_real, 0.5], dtype=dtype, requires_grad=True)
    fake = torch.tensor([d_fake, 0.5, 0.5], dtype=dtype, requires_grad=True)
    loss, minimax, heuristic = (
        discriminator_loss(real, fake),
        generator_loss(real, fake),
        nonsaturating_generator_loss(fake),
    )
    assert loss.item() == INF if d_real == 0 or d_fake == 1 else loss.isfinite()
    assert minimax.item() == -loss.item()
    assert heuristic.item() == INF if d_fake == 0 else heuristic.isfinite()
    for each in (loss, minimax):
        assert not any(gradient.isnan().any() for gradient in torch.autograd.grad(each, (real, fake)))
    assert not torch.autograd.grad(heuristic, fake)[0].isnan().any()
    assert loss.dtype == minimax.dtype == heuristic.dtype == dtype


def test_the_optimal_game_on_disjoint_tables_is_won_without_nan():
    p_data, p_g = torch.tensor([0.5, 0.5, 0.0]), torch.tensor([0.0, 0.0, 1.0])
    d = optimal_discriminator(p_data, p_g).requires_grad_()
    assert d.tolist() == [1, 1, 0]
    value = value_function(d, p_data, p_g)
    assert value.item() == 0
    assert torch.autograd.grad(value, d)[0].isfinite().all()


def test_optimal_discriminator_is_undefined_where_neither_puts_mass():
    assert optimal_discriminator(torch.zeros(1), torch.zeros(1)).isnan().all()
