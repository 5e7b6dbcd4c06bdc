import torch

from autograder.checks import (
    Argument,
    Axis,
    Battery,
    Border,
    Formula,
    Pair,
    Term,
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
from exercises.generative_models.terms import LIMITS, REALS
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


LOG, FRACTION = "log(σ₂/σ₁)", "the fraction"
means = Argument("n", real(2.0), REALS)
spreads = Argument("n", positive(0.4, 2.5), tuple(s * 10.0**e for e in range(-3, 4) for s in (1.0, 1.5, 2.0, 3.0, 5.0)))


def term(slug, symbol, function, part="", **options):
    return Term(slug, symbol, lambda *args: function(*args).broadcast_to(args[0].shape), "n", part=part, **options)


def variance(slug, symbol, function, **options):
    """A term in the place of σ₁²/σ₂²."""
    return term(slug, symbol, function, FRACTION, instead=("ratio",), **options)


def distance(slug, symbol, function, **options):
    """A term in the place of (μ₁ - μ₂)²/σ₂²."""
    return term(slug, symbol, function, FRACTION, instead=("distance",), **options)


formula = Formula(
    axes={"n": Axis("the elements", "the number of elements", (3, 5))},
    arguments=(means, spreads, means, spreads),
    terms=(
        term("log_sigma_2", "log σ₂", lambda m, s, n, t: t.log(), LOG),
        term("log_sigma_1", "log σ₁", lambda m, s, n, t: s.log(), LOG),
        term("ratio", "σ₁²/σ₂²", lambda m, s, n, t: (s / t) ** 2, FRACTION),
        term("distance", "(μ₁ − μ₂)²/σ₂²", lambda m, s, n, t: ((m - n) / t) ** 2, FRACTION),
        term("one", "1", lambda m, s, n, t: torch.ones_like(m)),
        variance("ratio_not_squared", "σ₁/σ₂", lambda m, s, n, t: s / t),
        variance("numerator_not_squared", "σ₁/σ₂²", lambda m, s, n, t: s / t**2),
        variance("denominator_not_squared", "σ₁²/σ₂", lambda m, s, n, t: s**2 / t),
        variance("ratio_upside_down", "σ₂²/σ₁²", lambda m, s, n, t: (t / s) ** 2),
        variance("ratio_multiplied", "σ₁²·σ₂²", lambda m, s, n, t: (s * t) ** 2),
        variance("sigma_1_squared", "σ₁²", lambda m, s, n, t: s**2),
        distance("distance_not_squared", "(μ₁ − μ₂)/σ₂²", lambda m, s, n, t: (m - n) / t**2),
        distance("abs_distance", "|μ₁ − μ₂|/σ₂²", lambda m, s, n, t: (m - n).abs() / t**2),
        distance("sum_of_means", "(μ₁ + μ₂)²/σ₂²", lambda m, s, n, t: ((m + n) / t) ** 2),
        distance("distance_over_sigma_2", "(μ₁ − μ₂)²/σ₂", lambda m, s, n, t: (m - n) ** 2 / t),
        distance("distance_over_sigma_1", "(μ₁ − μ₂)²/σ₁²", lambda m, s, n, t: ((m - n) / s) ** 2),
        distance("distance_multiplied", "(μ₁ − μ₂)²·σ₂²", lambda m, s, n, t: ((m - n) * t) ** 2),
        distance("distance_alone", "(μ₁ − μ₂)²", lambda m, s, n, t: (m - n) ** 2),
        distance("difference_of_squares", "(μ₁² − μ₂²)/σ₂²", lambda m, s, n, t: (m**2 - n**2) / t**2),
        distance("sum_of_squares", "(μ₁² + μ₂²)/σ₂²", lambda m, s, n, t: (m**2 + n**2) / t**2),
    ),
    result="n",
    pairs=(
        Pair(
            ("ratio_upside_down", "distance_over_sigma_1"),
            "swapped_arguments",
            "the fraction is that of KL(p‖q), with q and p swapped",
        ),
        Pair(
            ("ratio_multiplied", "distance_multiplied"),
            "brackets_of_denominator",
            "/ 2 * σ₂² multiplies by σ₂², which belongs into the denominator: brackets are missing",
        ),
        Pair(
            ("ratio_not_squared", "distance_over_sigma_2"),
            "sigma_for_variance",
            "σ stands where σ² belongs, in both distributions",
        ),
    ),
    borders=(
        Border(
            "clamped_sigma",
            "the standard deviations are clamped from below at {limit}",
            lambda eps, m, s, n, t: kl_normal(m, s.clamp(min=eps), n, t.clamp(min=eps)),
            (*LIMITS, 0.2, 0.5),
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added to the standard deviations",
            lambda eps, m, s, n, t: kl_normal(m, s + eps, n, t + eps),
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added inside the logarithm and to the denominator",
            lambda eps, m, s, n, t: torch.log(t / s + eps) + (s**2 + (m - n) ** 2) / (2 * t**2 + eps) - 0.5,
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added to the variances",
            lambda eps, m, s, n, t: kl_normal(m, (s**2 + eps).sqrt(), n, (t**2 + eps).sqrt()),
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added to the variance of p and inside the logarithm",
            lambda eps, m, s, n, t: (
                torch.log((t**2 + eps) / (s**2 + eps)) / 2 + (s**2 + (m - n) ** 2) / (2 * (t**2 + eps)) - 0.5
            ),
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added to the denominator",
            lambda eps, m, s, n, t: torch.log(t / s) + (s**2 + (m - n) ** 2) / (2 * (t**2 + eps)) - 0.5,
            LIMITS,
        ),
        Border(
            "large_guard",
            "an eps of {limit} is added inside the logarithms",
            lambda eps, m, s, n, t: torch.log((t + eps) / (s + eps)) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5,
            LIMITS,
        ),
    ),
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
        formula=formula,
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
