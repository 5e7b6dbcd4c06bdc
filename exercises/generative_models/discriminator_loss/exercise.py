import torch

from autograder.checks import (
    Battery,
    Formula,
    Pair,
    agrees,
    arguments,
    close,
    gradient,
    holds,
    leaves_alone,
    probability,
    reaches,
    repeats,
)
from exercises.generative_models.terms import BATCHES, d_argument, d_borders, d_terms
from reference.gan import discriminator_loss

signature = "discriminator_loss(d_real, d_fake)"


def terms(d_real, d_fake):
    return (-0.5 * torch.log(d_real).mean(), -0.5 * torch.log1p(-d_fake).mean())


formula = Formula(
    axes=BATCHES,
    arguments=(d_argument("M"), d_argument("N")),
    terms=d_terms(),
    pairs=(
        Pair(("log_1_minus_d_real", "log_d_fake"), "real_and_fake_swapped", "real and fake are swapped"),
        Pair(
            ("softplus_real", "softplus_fake"),
            "probabilities_as_logits",
            "the probabilities are taken for logits: they go through a sigmoid again",
        ),
        Pair(
            ("squared_rest_real", "squared_fake"),
            "squared_error",
            "squared errors (LSGAN) stand where logarithms belong",
        ),
        Pair(("no_log_real", "no_log_fake"), "no_logarithm", "the logarithms are missing"),
        Pair(
            ("log_of_mean_real", "log_of_mean_fake"),
            "log_of_mean",
            "the logarithm of the mean is taken, not the mean of the logarithm",
        ),
    ),
    borders=d_borders(lambda d_real, _fake, _rest, rest_fake: -0.5 * (d_real.log().mean() + rest_fake.log().mean())),
    shares={"doubled": 0.5, "another size": 0.5},
)


def battery(key, edge, shapes, count, gradients=()):
    return Battery(
        "discriminator_loss",
        discriminator_loss,
        terms,
        arguments(probability(edge), probability(edge), shapes=shapes),
        parameters=("d_real", "d_fake"),
        guards=(
            lambda d_real, d_fake: (d_real + 1e-6, d_fake - 1e-6),
            lambda d_real, d_fake: (d_real, d_fake - 1e-6),
            lambda d_real, d_fake: (d_real + 1e-6, d_fake),
        ),
        other_forms={
            "It takes batches of shape (N, 1) only.": lambda *ds: tuple(d.reshape(-1, 1) for d in ds),
            "It takes batches of shape (N,) only.": lambda *ds: tuple(d.reshape(-1) for d in ds),
        },
        count=count,
        gradients=gradients,
        key=key,
        formula=formula,
    )


public = battery(
    "public", 1e-3, [[(1,)] * 2, [(2,)] * 2, [(3, 1)] * 2, [(2,), (5,)], [(4,), (1,)], [(32, 1), (8, 1)]], 12, (0, 1)
)
hidden = battery("hidden", 1e-5, [[(2,)] * 2, [(1,), (4,)], [(16, 1), (48, 1)]], 6)

fourths = torch.tensor([0.25, 0.5, 0.75], dtype=torch.float64)
batches = [(fourths[:1], fourths[1:2]), (fourths, fourths.flip(0)), (fourths, fourths[:1])]
zero, one, half = (torch.full((2,), p, dtype=torch.float64) for p in (0.0, 1.0, 0.5))
edges = [(one, zero), (zero, zero), (one, one), (zero, one), (torch.cat([zero, half]), torch.cat([half, one]))]


checks = [
    agrees(public, hint="Compute D(x) = D(G(z)) = 1/2 by hand, then change one of the two."),
    reaches(public),
    leaves_alone(public),
    gradient(public, points=0.5, needs=("agrees with the reference", "gradients reach every argument")),
    holds(
        "is log 2 where D cannot tell real from fake",
        public,
        lambda loss, *args: (loss - torch.tensor(2.0).log()).abs().max() < 1e-4,
        inputs=(lambda d_real, d_fake: (0 * d_real + 0.5, 0 * d_fake + 0.5),),
        examples=batches,
        tell="A discriminator that says 1/2 to everything has J^(D) = log 2 = 0.6931. Yours has another loss.",
        points=0.25,
    ),
    holds(
        "is lower the better D tells real from fake",
        public,
        lambda loss, real, fake, *args: (real < loss).all() & (fake < loss).all(),
        inputs=(
            lambda *args: args,
            lambda d_real, d_fake: (d_real + 0.125, d_fake),
            lambda d_real, d_fake: (d_real, d_fake - 0.125),
        ),
        examples=batches,
        tell="J^(D) must fall when D gives real examples a higher probability, and when it gives fakes a lower one. "
        "Yours does not.",
        points=0.25,
    ),
    holds(
        "weighs real and fake alike, whatever the sizes of their batches",
        public,
        lambda loss, twice, *args: close(loss, twice, 1.0, factor=1e3),
        inputs=(lambda *args: args, lambda d_real, d_fake: (torch.cat([d_real, d_real]), d_fake)),
        examples=batches,
        tell="Each expectation is the mean of its own batch: the same real examples twice over must not change J^(D). "
        "They change yours.",
        points=0.25,
    ),
    holds(
        "is no NaN where D is 0 or 1",
        public,
        lambda loss, *args: ~loss.isnan(),
        examples=edges,
        tell="At D = 0 or 1 your loss is NaN: 0 · log 0 is NaN in floating point. J^(D) needs no product with 0; the loss may be "
        "infinite there, or clamped.",
        points=0.25,
        needs=("agrees with the reference",),
        mistake="nan_at_the_edge",
        credit=0.75,
    ),
    agrees(
        hidden,
        name="agrees near the edges 0 and 1",
        visibility="hidden",
        points=0.5,
        hint="Tried with probabilities very near 0 and 1: take the logarithms as they stand, without a large guard.",
    ),
    repeats(public),
]
