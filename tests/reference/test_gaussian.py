import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf
from torch import Tensor
from torch.distributions import Normal, kl_divergence

from reference.gaussian import kl_normal, kl_standard_normal, kl_standard_normal_sigma
from tests.reference.exact import TOLERANCE, exp, log, logvars, mus, search, sigmas, tables, worst_error

INF = float("inf")


def normal_terms(mu_1, sigma_1, mu_2, sigma_2):
    square = 2 * sigma_2**2
    return [log(sigma_2 / sigma_1), sigma_1**2 / square, (mu_1 - mu_2) ** 2 / square, mpf(-1) / 2]


def sigma_terms(mu_1, sigma_1):
    return normal_terms(mu_1, sigma_1, mpf(0), mpf(1))


def logvar_terms(mu, logvar):
    return [mpf(-1) / 2 * logvar.size, logvar / -2, mu**2 / 2, exp(logvar) / 2]


@search
@given(mus, sigmas, mus, sigmas)
def test_kl_normal_is_exact(mu_1, sigma_1, mu_2, sigma_2):
    assert worst_error(kl_normal, normal_terms, mu_1, sigma_1, mu_2, sigma_2) <= TOLERANCE


@pytest.mark.parametrize("sigma_1", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("sigma_2", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("mu_1", [0.0, 1e4])
@pytest.mark.parametrize("mu_2", [0.0, -1e4])
def test_kl_normal_is_exact_at_the_corners(mu_1, sigma_1, mu_2, sigma_2):
    assert worst_error(kl_normal, normal_terms, mu_1, sigma_1, mu_2, sigma_2) <= TOLERANCE


@search
@given(mus, sigmas)
def test_kl_standard_normal_sigma_is_exact(mu_1, sigma_1):
    assert worst_error(kl_standard_normal_sigma, sigma_terms, mu_1, sigma_1) <= TOLERANCE


@search
@given(tables(mus, 3), tables(logvars, 3))
def test_kl_standard_normal_is_exact(mu, logvar):
    assert worst_error(kl_standard_normal, logvar_terms, mu, logvar) <= TOLERANCE


@pytest.mark.parametrize("logvar", [-60.0, 0.0, 60.0])
@pytest.mark.parametrize("mu", [-1e4, 0.0])
def test_kl_standard_normal_is_exact_at_the_corners(mu, logvar):
    assert worst_error(kl_standard_normal, logvar_terms, torch.tensor([mu]), torch.tensor([logvar])) <= TOLERANCE


@pytest.mark.parametrize("parameters", [(0.0, 1.0, 0.0, 1.0), (1.0, 2.0, -1.0, 0.5), (-3.0, 0.2, 0.5, 4.0)])
def test_kl_normal_is_the_integral_it_stands_for(parameters):
    mu_1, sigma_1, mu_2, sigma_2 = parameters

    def integrand(x):
        q, p = mp.npdf(x, mu_1, sigma_1), mp.npdf(x, mu_2, sigma_2)
        return q * mp.log(q / p)

    expected = mp.quad(integrand, [mu_1 - 20 * sigma_1, mu_1, mu_1 + 20 * sigma_1])
    assert kl_normal(*float64(parameters)).item() == pytest.approx(float(expected), rel=1e-12, abs=1e-15)


def test_all_three_agree_with_torch_distributions():
    generator = torch.Generator().manual_seed(0)
    mu_1, logvar, mu_2, logvar_2 = torch.randn(4, 5, 3, generator=generator, dtype=torch.float64)
    q = Normal(mu_1, (logvar / 2).exp())
    p = Normal(mu_2, (logvar_2 / 2).exp())
    standard = kl_divergence(q, Normal(torch.zeros_like(mu_1), 1.0))
    torch.testing.assert_close(kl_normal(mu_1, q.scale, mu_2, p.scale), kl_divergence(q, p))
    torch.testing.assert_close(kl_standard_normal_sigma(mu_1, q.scale), standard)
    torch.testing.assert_close(kl_standard_normal(mu_1, logvar), standard.sum(-1))


@search
@given(mus, sigmas)
def test_kl_is_exactly_zero_for_equal_arguments(mu, sigma):
    assert kl_normal(*float64((mu, sigma, mu, sigma))).item() == 0
    assert kl_standard_normal_sigma(*float64((0.0, 1.0))).item() == 0
    assert kl_standard_normal(torch.zeros(3), torch.zeros(3)).item() == 0


@search
@given(sigmas, st.floats(-17, -1), st.sampled_from([-1, 1]))
def test_kl_is_never_negative_however_close_the_normals(sigma, exponent, sign):
    near = 1 + sign * 10.0**exponent
    assert kl_normal(*float64((0.0, sigma * near, 0.0, sigma))) >= 0
    assert kl_standard_normal_sigma(*float64((0.0, near))) >= 0
    assert kl_standard_normal(*float64(([0.0], [sign * 10.0**exponent]))) >= 0


@search
@given(st.floats(-8, -1), st.sampled_from([-1, 1]), sigmas)
def test_small_kl_keeps_its_digits(exponent, sign, scale):
    """KL is about (sigma_1/sigma_2 - 1)² here; without care its error is 1e-16, which is all of it at 1e-8."""
    sigma = 1 + sign * 10.0**exponent
    with mp.workdps(50):
        near = mp.fsum(normal_terms(mpf(0), mpf(sigma * scale), mpf(0), mpf(scale)))
        standard = mp.fsum(sigma_terms(mpf(0), mpf(sigma)))
        errors = [
            kl_normal(*float64((0.0, sigma * scale, 0.0, scale))).item() / near - 1,
            kl_standard_normal_sigma(*float64((0.0, sigma))).item() / standard - 1,
        ]
    assert max(map(abs, errors)) <= 1e-15 / abs(sigma - 1)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_shapes_and_dtypes(dtype):
    column, row = torch.ones(3, 1, dtype=dtype), torch.ones(4, dtype=dtype)
    for value, shape in [
        (kl_normal(column, row, column, row), (3, 4)),
        (kl_standard_normal_sigma(column, row), (3, 4)),
        (kl_standard_normal(column, row), (3,)),
        (kl_standard_normal(row, row), ()),
    ]:
        assert value.shape == shape and value.dtype == dtype


def test_limits_are_infinite_and_not_nan():
    assert kl_normal(*float64((0.0, 1.0, INF, 1.0))).item() == INF
    assert kl_normal(*float64((0.0, 0.0, 0.0, 1.0))).item() == INF


def float64(values) -> list[Tensor]:
    return [torch.tensor(each, dtype=torch.float64) for each in values]
