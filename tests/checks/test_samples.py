"""Samplers: what honest draws cost in false alarms, and what dishonest ones are told."""

import mpmath
import pytest
import torch

from autograder.checks import Sampler, leaves_alone, pathwise, samples
from autograder.checks.samples import CHANCE, _chances, _chi_square, _shape_chance

ROWS, COLUMNS = 40, 32


def sampler():
    """Of N(m, exp(2 s)), elementwise."""
    generator = torch.Generator().manual_seed(1)
    varied = tuple(torch.randn(ROWS, COLUMNS, generator=generator) for _ in range(2))
    fixed = torch.full((ROWS, COLUMNS), 2.0), torch.full((ROWS, COLUMNS), -1.0)
    return Sampler("f", (varied, fixed), lambda z, m, s: (z - m) / torch.exp(s), ("m", "s"))


def followed():
    return pathwise(sampler(), lambda z, w, m, s: (w, w * (z - m)))


HONEST = {
    "randn_like": "def f(m, s): return m + s.exp() * torch.randn_like(m)",
    "rsample": "def f(m, s): return torch.distributions.Normal(m, s.exp()).rsample()",
    "numpy": "def f(m, s): return m + s.exp() * torch.from_numpy(np.random.randn(*m.shape)).to(m)",
    "tuple": "def f(m, s): return m + s.exp() * torch.randn_like(m), m",
}


@pytest.mark.parametrize("source", HONEST.values(), ids=HONEST)
def test_honest_draws_pass(run, source):
    for check in (samples(sampler()), followed(), leaves_alone(sampler())):
        assert run(check, source) is None


TOLD = {
    "spread": ("def f(m, s): return m + (2 * s).exp() * torch.randn_like(m)", "times as far as they should"),
    "location": ("def f(m, s): return m + s.exp() * (torch.randn_like(m) + 0.5)", "off the mean by 0.4"),
    "rows": ("def f(m, s): return m + s.exp() * torch.randn(len(m), 1)", "share the same noise"),
    "columns": ("def f(m, s): return m + s.exp() * torch.randn(m.shape[1])", "share the same noise"),
    "shape": ("def f(m, s): return m + s.exp() * (torch.rand_like(m) - 0.5) * 12**0.5", "not normally distributed"),
    "nothing random": ("def f(m, s): return m", "nothing random enters"),
    "fixed seed": (
        "def f(m, s):\n    torch.manual_seed(0)\n    return m + s.exp() * torch.randn_like(m)",
        "nothing random",
    ),
    "NaN": ("def f(m, s): return m + s.log() * torch.randn_like(m)", "NaN"),
    "wrong size": ("def f(m, s): return m.sum(1)", "returns shape (40,); a tensor of shape (40, 32) is expected"),
    "None": ("def f(m, s): pass", "f returns None; a tensor of shape (40, 32) is expected"),
    "exception": ("def f(m, s): return z", "NameError"),
}


@pytest.mark.parametrize(("source", "part"), TOLD.values(), ids=TOLD)
def test_dishonest_draws_are_told(run, source, part):
    assert part in run(samples(sampler()), source).message


@pytest.mark.parametrize(
    ("source", "name", "credit"),
    [
        ("def f(m, s): return m + s.exp() * torch.from_numpy(np.random.randn(*m.shape))", "other_dtype", 0.75),
        ("def f(m, s): return m.numpy() + np.exp(s.numpy()) * np.random.randn(*m.shape)", "not_a_tensor", 0.5),
    ],
)
def test_a_value_of_another_kind_keeps_a_part(run, source, name, credit):
    mistake = run(samples(sampler()), source)
    assert (mistake.name, mistake.credit) == (name, credit)


@pytest.mark.parametrize(
    ("source", "name", "part"),
    [
        ("def f(m, s): return torch.distributions.Normal(m, s.exp()).sample()", "gradient_cut", "No gradient passes"),
        ("def f(m, s): return torch.normal(m, s.exp())", "gradient_cut", "No gradient passes"),
        ("def f(m, s): return m + s.detach().exp() * torch.randn_like(m)", "gradient_missing", "reaches s"),
        ("def f(m, s): return m.detach() + s.exp() * torch.randn_like(m)", "gradient_missing", "reaches m"),
        ("def f(m, s): return m + (2 * s).exp() * torch.randn_like(m)", "", "does not fit the value"),
        ("def f(m, s): return m.numpy()", "gradient_cut", "No gradient passes"),
        ("def f(m, s): pass", "", "f returns None; a tensor is expected."),
    ],
)
def test_gradients_that_do_not_follow_the_draw_are_told(run, source, name, part):
    mistake = run(followed(), source)
    assert mistake.name == name
    assert part in mistake.message


def test_a_sampler_that_changes_its_arguments_is_told(run):
    mistake = run(leaves_alone(sampler()), "def f(m, s): return m + s.exp_() * torch.randn_like(m)")
    assert (mistake.name, "argument s" in mistake.message) == ("changes_its_arguments", True)


# ------------------------------------------------------------------ the false-alarm rate


def test_tail_probabilities_are_uniform_for_honest_draws():
    """3000 honest draws: a chance below a comes with frequency a (or less, for the bound on the shape)."""
    generator = torch.Generator().manual_seed(0)
    seen: dict[str, list[float]] = {"shape": []}
    for _ in range(3000):
        r = torch.randn(ROWS, COLUMNS, generator=generator).double()
        seen["shape"].append(_shape_chance(r.flatten()))
        for name, chance in _chances(r).items():
            seen.setdefault(name, []).append(chance)
    for name, values in seen.items():
        chances = torch.tensor(values)
        for a in (0.5, 0.1, 0.01):
            frequency, error = float((chances < a).double().mean()), 4 * (a * (1 - a) / 3000) ** 0.5
            assert frequency < a + error, (name, a, frequency)
            assert name == "shape" or frequency > a - error, (name, a, frequency)


@pytest.mark.parametrize("degrees", [1, 31, 639, 1279])
@pytest.mark.parametrize("sigmas", [-6.0, -3.0, 1.0, 5.0, 9.0])
def test_chi_square_tails_are_exact_where_alarms_are_given(degrees, sigmas):
    value = degrees + sigmas * (2 * degrees) ** 0.5
    if value <= 0:
        pytest.skip("below the range of a chi-square")
    with mpmath.workdps(50):
        half, x = mpmath.mpf(degrees) / 2, mpmath.mpf(value) / 2
        lower, upper = mpmath.gammainc(half, 0, x, regularized=True), mpmath.gammainc(half, x, regularized=True)
        exact = float(2 * min(lower, upper))
    found = _chi_square(torch.tensor(value).double(), degrees)
    assert found == pytest.approx(exact, rel=1e-4, abs=1e-3 * CHANCE)


def test_a_class_raises_a_false_alarm_with_probability_below_1e_9():
    """Tests in one answer to the largest sampler exercise: four for each call, and one for the shape, of two checks."""
    blocks = 3 + 4
    tests = 4 * 2 * blocks + 2
    assert tests <= 60
    assert 1000 * tests * CHANCE < 1e-9


def test_the_chances_of_residuals_have_the_degrees_of_their_sums():
    """Two rows of eight, all 1 and all -1: a second opinion by mpmath."""
    found = _chances(torch.tensor([[1.0] * 8, [-1.0] * 8], dtype=torch.float64))

    def two_sided(value, degrees):
        below = mpmath.gammainc(degrees / 2, 0, value / 2, regularized=True)
        return float(2 * min(below, 1 - below))

    assert found == pytest.approx(
        {"mean": 1.0, "variance": two_sided(16, 15), "rows": two_sided(16, 1), "columns": 0.0}, rel=1e-9
    )
