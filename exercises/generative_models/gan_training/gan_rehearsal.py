"""What a student's pack holds of the game: a short one with each generator loss, and its pictures. All of it may be read."""

from pathlib import Path

import torch

from autograder.checks import Ask, Attempt, Bound, Given, ImageGrid, LinePlot, Measure, Recipe, Sentence, trains

LATENT, SAMPLES, BATCH = 16, 200, 32
ATTEMPTS = (Attempt(20, 150, rate=2e-3), Attempt(21, 300, rate=2e-3))
LOSSES = {"generator_loss": "minimax", "nonsaturating_generator_loss": "non-saturating"}


def game(name: str) -> tuple[Ask, ...]:
    """A new G and D that play with the generator loss of that name, samples before and after."""
    drawing = "drawing samples of G"
    return (
        Ask("build", ("seed", "device"), "building G and D", f"{name}: build"),
        Ask("samples", ("z",), drawing, f"{name}: before"),
        Ask("train", ("train", name, "seed", "rate", "steps", BATCH), f"training G with {name}", name),
        Ask("samples", ("z",), drawing, f"{name}: after"),
        Ask("samples", ("shown",), drawing, f"{name}: shown"),
    )


def distance(name: str, when: str) -> Measure:
    """Energy distance of samples and held-out digits."""
    return Measure("energy distance", (f"{name}: {when}.x", "digits"))


RECIPE = Recipe(
    inputs={
        "train": Given("mnist", "train", 2_000),
        "digits": Given("mnist", "t10k", SAMPLES),
        "z": (z := torch.randn(SAMPLES, LATENT, generator=torch.Generator().manual_seed(21))),
        "shown": z[:24],
    },
    asks=tuple(ask for name in LOSSES for ask in game(name)),
    shows=(
        *(
            Sentence(
                f"Energy distance of G's samples to held-out digits, with {name}: {{}} → {{}}.",
                (distance(name, "before"), distance(name, "after")),
            )
            for name in LOSSES
        ),
        *(ImageGrid((f"{name}: shown.x",), f"G(z) after training with {name}.") for name in LOSSES),
        LinePlot(
            {f"G by {said}": f"{name}.of_d" for name, said in LOSSES.items()},
            x="step",
            y="discriminator_loss",
            caption="How hard D finds it; log 2 = 0.6931 when it cannot tell.",
        ),
    ),
    bounds=tuple(
        Bound(
            distance(name, "after"),
            at_most=distance(name, "before"),
            says=f"With {name} G's samples have not come nearer to the digits: their energy distance was {{wanted}}, and it is "
            "{found}.",
        )
        for name in LOSSES
    ),
)

rehearsal = trains(
    "G and D begin to learn from the losses",
    points=0,
    driver=Path(__file__).with_name("driver.py"),
    judge=RECIPE,
    attempts=ATTEMPTS,
)
