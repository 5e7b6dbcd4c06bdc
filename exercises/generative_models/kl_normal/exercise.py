import torch

from autograder.checks import (
    Battery,
    agrees,
    arguments,
    close,
    gradient,
    holds,
    leaves_alone,
    positive,
    reaches,
    real,
    repeats,
)
from reference.gaussian import kl_normal

signature = "kl_normal(mu_1, sigma_1, mu_2, sigma_2)"

scalars = [()] * 4
broadcast = [(2, 1), (3,), (1,), (2, 3)]


def terms(mu_1, sigma_1, mu_2, sigma_2):
    return (
        torch.log(sigma_1) * torch.ones_like(mu_1),
        torch.log(sigma_2),
        sigma_1**2 / (2 * sigma_2**2),
        (mu_1 - mu_2) ** 2 / (2 * sigma_2**2),
        torch.tensor(0.5, dtype=torch.float64),
    )


def battery(key, low, high, bound, shapes, count, gradients=()):
    return Battery(
        "kl_normal",
        kl_normal,
        terms,
        arguments(real(bound), positive(low, high), real(bound), positive(low, high), shapes=shapes),
        parameters=("mu_1", "sigma_1", "mu_2", "sigma_2"),
        guards=(
            lambda m1, s1, m2, s2: (m1, s1 + 1e-6, m2, s2 + 1e-6),
            lambda m1, s1, m2, s2: (m1, s1 + 1e-6, m2, s2),
            lambda m1, s1, m2, s2: (m1, (s1**2 + 1e-6).sqrt(), m2, (s2**2 + 1e-6).sqrt()),
            lambda m1, s1, m2, s2: (m1, s1, m2, (s2**2 + 1e-6).sqrt()),
        ),
        count=count,
        gradients=gradients,
        key=key,
    )


public = battery("public", 0.1, 10.0, 5.0, [scalars, [(3,)] * 4, broadcast, [(64,)] * 4], 10, (0, 1, 2, 3))
hidden = battery("hidden", 1e-3, 1e3, 1e3, [scalars, [(4, 2)] * 4, [(), (5,), (), ()], [(48,)] * 4], 6)


def at_least_zero(kl, mu_1, sigma_1, mu_2, sigma_2):
    scale = 1 + torch.stack([t.abs().broadcast_to(kl.shape) for t in terms(mu_1, sigma_1, mu_2, sigma_2)]).sum(0)
    return kl >= -1e-5 * scale


def shifted(mu_1, sigma_1, mu_2, sigma_2):
    return mu_1 + 3, sigma_1, mu_2 + 3, sigma_2


def rescaled(mu_1, sigma_1, mu_2, sigma_2):
    return 2 * mu_1, 2 * sigma_1, 2 * mu_2, 2 * sigma_2


def same(kl, other, *args):
    scale = 1 + sum(t.abs().sum() for t in terms(*args))
    return close(kl, other, scale, factor=1e3)


checks = [
    agrees(public, unit="nats", hint="Test your function with q = p, then change one argument at a time."),
    reaches(public),
    leaves_alone(public),
    gradient(public, points=0.5, needs=("agrees with the reference", "gradients reach every argument")),
    holds(
        "is never negative, and 0 where q = p",
        public,
        lambda kl, itself, *args: torch.cat([at_least_zero(kl, *args).flatten(), (itself.abs() < 1e-4).flatten()]),
        inputs=(lambda *args: args, lambda m1, s1, m2, s2: (m1, s1, m1, s1)),
        tell="A KL divergence is never negative, and 0 exactly where the two distributions are equal. Yours is not.",
        points=0.25,
    ),
    holds(
        "does not change when both distributions are shifted or rescaled",
        public,
        lambda kl, shift, scale, *args: same(kl, shift, *args) & same(kl, scale, *args),
        inputs=(lambda *args: args, shifted, rescaled),
        tell="Measuring in another unit, or from another origin, changes both distributions alike: the KL must stay the same.",
        points=0.25,
    ),
    agrees(
        hidden,
        name="agrees over many orders of magnitude",
        unit="nats",
        visibility="hidden",
        points=0.5,
        hint="Tried with standard deviations and means from very small to very large: no term may be cut off.",
    ),
    repeats(public),
]
