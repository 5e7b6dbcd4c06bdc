import torch

from autograder.checks import (
    Axis,
    Battery,
    Border,
    Formula,
    agrees,
    arguments,
    close,
    gradient,
    holds,
    interval,
    leaves_alone,
    reaches,
    real,
    repeats,
)
from exercises.generative_models.terms import LIMITS, kl_terms, latent
from reference.gaussian import kl_standard_normal

signature = "kl_standard_normal(mu, logvar)"


def terms(mu, logvar):
    one = torch.ones_like(logvar)
    return tuple(0.5 * term.abs().sum(-1) for term in (mu**2, logvar.exp(), logvar, one))


def kl(mu, logvar):
    return 0.5 * (mu**2 + logvar.exp() - 1 - logvar)


formula = Formula(
    axes={
        "N": Axis("the batch", "the size of the batch", (3, 2)),
        "d": Axis("the latent axis", "the number of latent dimensions", (2, 5)),
    },
    arguments=latent(),
    terms=kl_terms(),
    result="N",
    borders=(
        Border(
            "large_guard",
            "an eps of {limit} is added to σ² inside the logarithm",
            lambda eps, mu, logvar: 0.5 * (mu**2 + logvar.exp() - 1 - torch.log(logvar.exp() + eps)).sum(-1),
            LIMITS,
        ),
        Border(
            "free_bits",
            "each latent dimension counts at least {limit} nats (free bits), also where its KL is smaller",
            lambda least, mu, logvar: kl(mu, logvar).clamp(min=least).sum(-1),
            (0.01, 0.03, 0.05, 0.06, 0.1, 0.125, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0),
        ),
    ),
    shares={"doubled": 0.0},
)


def battery(key, mu, logvar, shapes, count, gradients=()):
    return Battery(
        "kl_standard_normal",
        kl_standard_normal,
        terms,
        arguments(mu, logvar, shapes=[[shape] * 2 for shape in shapes]),
        parameters=("mu", "logvar"),
        guards=(
            lambda mu, logvar: (mu, torch.log(logvar.exp() + 1e-6)),
            lambda mu, logvar: (mu, 2 * torch.log(torch.exp(logvar / 2) + 1e-6)),
        ),
        count=count,
        gradients=gradients,
        key=key,
        formula=formula,
    )


public = battery("public", real(4), real(4), [(1,), (2,), (3, 2), (2, 2, 3), (16, 4)], 10, (0, 1))
hidden = battery("hidden", real(1e3), interval(-25.0, 15.0, (0.0, -20.0, 10.0)), [(2,), (1, 3), (2, 3, 4), (20,)], 6)

generator = torch.Generator().manual_seed(9)
matrices = [
    tuple(torch.randn(shape, generator=generator).double() for _ in range(2)) for shape in [(1, 2), (2, 4), (6, 4)]
]


def same(a, b, mu, logvar):
    return close(a, b, 1 + sum(term.sum() for term in terms(mu, logvar)), factor=1e3)


def first_half(mu, logvar):
    return mu[..., : mu.shape[-1] // 2], logvar[..., : mu.shape[-1] // 2]


def second_half(mu, logvar):
    return mu[..., mu.shape[-1] // 2 :], logvar[..., mu.shape[-1] // 2 :]


checks = [
    agrees(public, unit="nats", hint="Compute mu = 1, logvar = 0 by hand, then logvar = 1, then two dimensions."),
    reaches(public),
    leaves_alone(public),
    gradient(public, points=0.5, needs=("agrees with the reference", "gradients reach every argument")),
    holds(
        "is never negative, and 0 for q = N(0, I)",
        public,
        lambda kl, at_prior, mu, logvar: (
            (kl >= -1e-5 * (1 + sum(terms(mu, logvar)))).all() & (at_prior.abs() < 1e-4).all()
        ),
        inputs=(lambda *args: args, lambda mu, logvar: (0 * mu, 0 * logvar)),
        tell="A KL divergence is never negative, and 0 exactly where the two distributions are equal. Yours is not.",
        points=0.25,
    ),
    holds(
        "adds up over the dimensions",
        public,
        lambda both, first, second, *args: same(both, first + second, *args),
        inputs=(lambda *args: args, first_half, second_half),
        examples=matrices,
        tell="The dimensions of q are independent, so their KL divergences add up: the KL of 4 dimensions is the sum of the KL "
        "of the first 2 and that of the last 2. Yours is not.",
        points=0.25,
    ),
    holds(
        "gives each example its own KL",
        public,
        lambda kl, flipped, first, *args: same(kl.flip(0), flipped, *args) & same(kl[:1], first.reshape(1), *args),
        inputs=(
            lambda *args: args,
            lambda mu, logvar: (mu.flip(0), logvar.flip(0)),
            lambda mu, logvar: (mu[:1], logvar[:1]),
        ),
        examples=matrices,
        tell="Each example of a batch has a KL divergence of its own, whatever else is in the batch. Yours are not: "
        "is the sum over the last axis, and over nothing else?",
        points=0.25,
    ),
    agrees(
        hidden,
        name="agrees over many orders of magnitude",
        unit="nats",
        visibility="hidden",
        points=0.5,
        hint="Tried with logvar from very negative to large and with more axes: nothing may be cut off, the last axis is summed.",
    ),
    repeats(public),
]
