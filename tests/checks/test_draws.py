"""Wrong samplers read back from their draws: location, spread and noise, each said in words."""

import pytest
import torch

from autograder.checks import Argument, Draw, Sampler, Term, real, replayed, samples
from autograder.checks.readback.draws import explain_draws
from autograder.checks.replayed import asked_of
from tests.checks.test_readback import Answer

DRAW = Draw(
    arguments=(
        Argument("", real(2.0), (-3.0, -1.0, 0.0, 1.0, 3.0)),
        Argument("", real(2.0), (-8.0, -4.0, -2.0, 0.0, 2.0, 4.0)),
    ),
    location=Term("m", "m", lambda m, s: m, ""),
    spreads=(
        Term("spread", "exp(s)", lambda m, s: s.exp(), ""),
        Term("double", "exp(2 s)", lambda m, s: (2 * s).exp(), "", instead=("spread",), credit=0.5),
        Term("one", "1", lambda m, s: torch.ones_like(m), "", instead=("spread",), tell="the noise is not scaled"),
    ),
)
SAMPLER = Sampler("f", (), lambda z, m, s: (z - m) / s.exp(), ("m", "s"), DRAW)


def normal(m):
    return torch.randn_like(m)


def laplace(m):
    u = torch.rand_like(m) - 0.5
    return -u.sign() * (1 - 2 * u.abs()).log() / 2**0.5


@pytest.mark.parametrize(
    ("function", "name", "credit", "said"),
    [
        (lambda m, s: m + (2 * s).exp() * normal(m), "double_for_spread", 0.5, "exp(2 s) stands where exp(s) belongs"),
        (lambda m, s: m + normal(m), "one_for_spread", 0.0, "the noise is not scaled"),
        (lambda m, s: m + 2 * normal(m), "one_for_spread+noise_scaled", 0.0, "not scaled; the noise has the spread 2, not 1"),
        (lambda m, s: m + torch.rand_like(m), "one_for_spread+uniform_noise", 0.0, "the noise is uniform between 0 and 1"),
        (lambda m, s: normal(m), "location_missing+one_for_spread", 0.0, "m is not added to the noise; the noise is not scaled"),
        (lambda m, s: s.exp() * normal(m), "location_missing", 0.0, "m is not added to the noise"),
        (lambda m, s: 2 * m + s.exp() * normal(m), "location", 0.0, "m is multiplied by 2 where it is to be added once"),
        (lambda m, s: m + 1 + s.exp() * normal(m), "shifted", 0.0, "1 is added"),
        (lambda m, s: m, "same_noise", 0.0, "another seed draws the same noise"),
        (lambda m, s: m + 1e-9 * normal(m), "no_noise", 0.0, "no noise enters"),
        (lambda m, s: m + s.exp() * torch.randn(m.shape[1]), "shared_noise", 0.0, "the examples of a batch share"),
        (lambda m, s: m + s.exp() * torch.randn(len(m), 1), "shared_noise", 0.0, "the elements of an example share"),
        (lambda m, s: m + s.exp() * normal(m).clamp(-1, 1), "clamped_noise", 0.0, "it is clamped to [-1, 1]"),
        (lambda m, s: m + s.exp() * torch.rand_like(m), "uniform_noise", 0.0, "the noise is uniform between 0 and 1 (rand)"),
        (lambda m, s: m + s.exp() * (2 * torch.rand_like(m) - 1), "uniform_noise", 0.0, "uniform between -1 and 1 (rand)"),
        (lambda m, s: m + s.exp() * (6 * torch.rand_like(m) - 3), "uniform_noise", 0.0, "the noise is uniform (rand)"),
        (lambda m, s: m + s.exp() * laplace(m), "laplace_noise", 0.0, "has a Laplace distribution"),
        (lambda m, s: m + s.exp() * normal(m).sign() * 0.999 ** normal(m), "other_noise", 0.0, "not normally distributed"),
        (lambda m, s: m + s.exp() * (normal(m) + 0.5), "noise_off_zero", 0.0, "the noise has the mean 0.4"),
        (lambda m, s: m + s.exp() * normal(m) / 2, "noise_halved", 0.0, "the noise is halved"),
        (lambda m, s: m + s.exp() * normal(m) * 3, "noise_scaled", 0.0, "the noise has the spread "),
        (
            lambda m, s: m + s.clamp(-4, 2).exp() * normal(m),
            "right_up_to_a_border",
            None,
            "it is right up to a border, for s from -4 to 2; at 4 its spread is 0.135 times the right one",
        ),
        (
            lambda m, s: 2 * m + (2 * s).exp() * normal(m),
            "location+double_for_spread",
            0.0,
            "m is multiplied by 2 where it is to be added once; exp(2 s) stands where exp(s) belongs",
        ),
    ],
)  # fmt: skip
def test_what_a_wrong_sampler_does_is_said(function, name, credit, said):
    found = explain_draws(SAMPLER, Answer(function))
    assert found is not None
    assert (found.name, found.credit) == (name, credit), found.message
    assert found.message.startswith("f: ")
    assert said in found.message
    there = asked_of(samples(SAMPLER).record()["asked"])
    assert explain_draws(there, Answer(function)).message == found.message


@pytest.mark.parametrize(
    "function",
    [
        lambda m, s: m + s.exp() * normal(m),
        lambda m, s: m - s.exp() * normal(m),
        lambda m, s: m + s.exp() * normal(m) + normal(m) * m**2,  # no such sum
        lambda m, s: m + s.exp() * normal(m) + normal(m),  # nor this
        lambda m, s: (m + s.exp() * normal(m))[0],
        lambda m, s: m * float("nan"),
        lambda m, s: "text",
    ],
)
def test_what_is_right_or_no_such_sum_has_no_name(function):
    assert explain_draws(SAMPLER, Answer(function)) is None


def test_without_a_draw_nothing_is_read_back():
    bare = Sampler("f", (), lambda z, m, s: (z - m) / s.exp(), ("m", "s"))
    assert explain_draws(bare, Answer(lambda m, s: m)) is None
    assert replayed(samples(bare).record()).name == samples(bare).name
