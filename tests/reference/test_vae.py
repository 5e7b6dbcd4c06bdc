import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf
from torch.distributions import Bernoulli, Independent, Normal, kl_divergence

from reference.gaussian import kl_standard_normal
from reference.vae import reconstruction_loss, reparameterize, vae_loss
from tests.reference.exact import (
    TOLERANCE,
    exp,
    log,
    logvars,
    mus,
    powers_of_ten,
    probabilities,
    search,
    signed,
    tables,
    worst_error,
)


def reconstruction_terms(x_hat, x):
    return [-x * log(x_hat), -(1 - x) * log(1 - x_hat)]


def vae_terms(x_hat, x, mu, logvar):
    kl = [mpf(-logvar.size) / 2, -logvar / 2, mu**2 / 2, exp(logvar) / 2]
    return [term / len(x) for term in [*reconstruction_terms(x_hat, x), *kl]]


def sample_terms(mu, logvar, eps):
    return [mu, exp(logvar / 2) * eps]


pixels = st.sampled_from([0.0, 1.0]) | probabilities


@search
@given(mus, logvars, signed(powers_of_ten(-12, 0.8)))
def test_reparameterize_is_exact_for_given_noise(mu, logvar, eps):
    assert worst_error(sample, sample_terms, mu, logvar, eps) <= TOLERANCE


@search
@given(tables(probabilities, 1, 5), tables(pixels, 1, 5))
def test_reconstruction_loss_is_exact(x_hat, x):
    assert worst_error(lambda *each: reconstruction_loss(*each).sum(), reconstruction_terms, x_hat, x) <= TOLERANCE


@search
@given(tables(probabilities, 2, 3), tables(pixels, 2, 3), tables(mus, 2, 2), tables(logvars, 2, 2))
def test_vae_loss_is_exact(x_hat, x, mu, logvar):
    assert worst_error(vae_loss, vae_terms, x_hat, x, mu, logvar) <= TOLERANCE


def test_vae_loss_is_exact_for_a_batch_of_digits():
    """784 pixels a digit: the tolerance holds where many terms are added up."""
    generator = torch.Generator().manual_seed(0)
    x_hat, x = torch.rand(2, 2, 784, generator=generator, dtype=torch.float64)
    mu, logvar = torch.randn(2, 2, 20, generator=generator, dtype=torch.float64)
    expected = math.fsum(
        -a * math.log(p) - (1 - a) * math.log1p(-p)
        for p, a in zip(x_hat.flatten().tolist(), x.flatten().tolist(), strict=True)
    ) + math.fsum(
        (m * m + math.expm1(v) - v) / 2 for m, v in zip(mu.flatten().tolist(), logvar.flatten().tolist(), strict=True)
    )
    assert vae_loss(x_hat, x, mu, logvar).item() == pytest.approx(expected / 2, rel=TOLERANCE)


def test_parts_and_whole_agree_with_torch_distributions():
    generator = torch.Generator().manual_seed(0)
    x_hat = torch.rand(4, 1, 3, 3, generator=generator)
    x = torch.rand(4, 1, 3, 3, generator=generator).round()
    mu, logvar = torch.randn(2, 4, 2, generator=generator)
    reconstruction = -Independent(Bernoulli(x_hat), 3).log_prob(x)
    kl = kl_divergence(
        Independent(Normal(mu, (logvar / 2).exp()), 1),
        Independent(Normal(torch.zeros(4, 2), 1.0), 1),
    )
    torch.testing.assert_close(reconstruction_loss(x_hat, x), reconstruction)
    torch.testing.assert_close(kl_standard_normal(mu, logvar), kl)
    torch.testing.assert_close(vae_loss(x_hat, x, mu, logvar), (reconstruction + kl).mean())


def test_flat_and_square_pictures_may_meet():
    torch.manual_seed(0)
    x_hat, x = torch.rand(3, 784), torch.rand(3, 1, 28, 28)
    torch.testing.assert_close(reconstruction_loss(x_hat, x), reconstruction_loss(x_hat.reshape(3, 1, 28, 28), x))
    assert reconstruction_loss(x_hat, x).shape == (3,)


def test_a_batch_of_copies_costs_what_one_example_costs():
    torch.manual_seed(0)
    x_hat, x, mu, logvar = torch.rand(1, 4), torch.rand(1, 4), torch.randn(1, 2), torch.randn(1, 2)
    copies = (each.expand(5, -1) for each in (x_hat, x, mu, logvar))
    torch.testing.assert_close(vae_loss(*copies), vae_loss(x_hat, x, mu, logvar))


def test_pictures_at_the_edge_leave_no_nan():
    x = torch.tensor([[0.0, 1.0], [0.0, 1.0]])
    leaves = [x.clone(), torch.zeros(2, 1), torch.zeros(2, 1)]
    for leaf in leaves:
        leaf.requires_grad_()
    loss = vae_loss(leaves[0], x, *leaves[1:])
    assert loss.item() == 0
    assert all(gradient.isfinite().all() for gradient in torch.autograd.grad(loss, leaves))


@pytest.mark.parametrize("logvar", [-3.0, 0.0, 1.4])
def test_samples_follow_the_normal(logvar):
    """Kolmogorov-Smirnov against the normal's own distribution function; the seed is fixed, so nothing is chance."""
    torch.manual_seed(0)
    n = 20_000
    mu = torch.full((n,), 0.7, dtype=torch.float64)
    z = reparameterize(mu, torch.full_like(mu, logvar))
    u = Normal(mu, math.exp(logvar / 2)).cdf(z).sort().values
    steps = torch.arange(n + 1, dtype=torch.float64) / n
    distance = torch.maximum((u - steps[:-1]).abs().max(), (u - steps[1:]).abs().max())
    assert distance < 1.63 / math.sqrt(n)  # the 1 % point of the limiting distribution


def test_every_element_has_noise_of_its_own_and_every_call_too():
    torch.manual_seed(0)
    mu = torch.zeros(4, 3)
    first, second = reparameterize(mu, mu), reparameterize(mu, mu)
    assert torch.cat([first, second]).unique().numel() == 24


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_sample_has_the_shape_and_dtype_of_mu(dtype):
    mu = torch.zeros(4, 3, dtype=dtype)
    z = reparameterize(mu, mu)
    assert z.shape == mu.shape and z.dtype == dtype


def sample(mu, logvar, eps):
    return reparameterize(mu, logvar, eps=eps)
