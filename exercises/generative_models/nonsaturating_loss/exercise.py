import torch

from autograder.checks import (
    Battery,
    Formula,
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
from reference.gan import nonsaturating_generator_loss

signature = "nonsaturating_generator_loss(d_fake)"


formula = Formula(
    axes={"N": BATCHES["N"]},
    arguments=(d_argument("N"),),
    terms=d_terms(real=False, wanted="log"),
    borders=d_borders(lambda d_fake, _rest: -0.5 * d_fake.log().mean()),
    shares={"doubled": 0.5},
)


def battery(key, edge, shapes, count, gradients=()):
    return Battery(
        "nonsaturating_generator_loss",
        nonsaturating_generator_loss,
        lambda d_fake: (-0.5 * torch.log(d_fake).mean(),),
        arguments(probability(edge), shapes=[[shape] for shape in shapes]),
        parameters=("d_fake",),
        guards=(lambda d_fake: (d_fake + 1e-6,),),
        other_forms={
            "It takes batches of shape (N, 1) only.": lambda d_fake: (d_fake.reshape(-1, 1),),
            "It takes batches of shape (N,) only.": lambda d_fake: (d_fake.reshape(-1),),
        },
        count=count,
        gradients=gradients,
        key=key,
        formula=formula,
    )


public = battery("public", 1e-3, [(1,), (2,), (3, 1), (32, 1), (64,)], 10, (0,))
hidden = battery("hidden", 1e-5, [(2,), (1, 1), (48, 1)], 6)

fourths = torch.tensor([0.25, 0.5, 0.75], dtype=torch.float64)
batches = [(fourths[:1],), (fourths,), (fourths[1:],)]
edges = [(torch.tensor(ds, dtype=torch.float64),) for ds in ([0.0], [1.0], [0.0, 1.0], [0.5, 0.0])]


checks = [
    agrees(public, hint="Compute D(G(z)) = 1/2 by hand: the loss is -½ log ½."),
    reaches(
        public,
        name="gradients reach the generator",
        hint="G learns through d_fake: compute with torch functions from d_fake to the loss, no .item(), .detach() or numpy.",
    ),
    leaves_alone(public),
    gradient(public, points=0.5, needs=("agrees with the reference", "gradients reach the generator")),
    holds(
        "is lower the better G deceives D",
        public,
        lambda loss, deceived, d_fake: (deceived < loss).all(),
        inputs=(lambda d_fake: (d_fake,), lambda d_fake: (d_fake + 0.125,)),
        examples=batches,
        tell="The loss must fall when D gives the fakes a higher probability: G wants to deceive D. Yours does not.",
        points=0.25,
    ),
    holds(
        "is a mean over the batch",
        public,
        lambda loss, twice, d_fake: close(loss, twice, 1.0, factor=1e3),
        inputs=(lambda d_fake: (d_fake,), lambda d_fake: (torch.cat([d_fake, d_fake]),)),
        examples=batches,
        tell="The expectation is the mean of the batch: the same fakes twice over must not change the loss. They change yours.",
        points=0.25,
    ),
    holds(
        "is no NaN where D is 0 or 1",
        public,
        lambda loss, *args: ~loss.isnan(),
        examples=edges,
        tell="At D = 0 or 1 your loss is NaN: 0 · log 0 is NaN in floating point. The formula needs no product with 0; the loss "
        "may be infinite there, or clamped.",
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
