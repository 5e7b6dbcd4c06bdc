"""What a student's pack holds of the training: a short one with public bounds, and its pictures. All of it may be read."""

from pathlib import Path

from autograder.checks import (
    Ask,
    Attempt,
    Bound,
    Given,
    ImageGrid,
    LinePlot,
    Measure,
    Recipe,
    ScatterPlot,
    Sentence,
    trains,
)

HERE = Path(__file__).parent
SHOWN, LOOKED_AT, BATCH = 12, 200, 32
ATTEMPTS = (Attempt(20, 150), Attempt(21, 300))
NEARER = Measure("nearer to own", ("look.x_hat", "digits"))

RECIPE = Recipe(
    inputs={
        "train": Given("mnist", "train", 2_000),
        "digits": Given("mnist", "t10k", LOOKED_AT),
        "classes": Given("mnist", "t10k", LOOKED_AT, "labels"),
        "shown": Given("mnist", "t10k", SHOWN),
    },
    asks=(
        Ask("build", ("seed", "device"), doing="calling VAE()"),
        Ask("begin", ("shown",), doing="calling forward(x), encode(x) and vae_loss"),
        Ask("rehearse", ("train", "seed", "optimizer", "rate", "steps", BATCH), doing="training your VAE"),
        Ask("look", ("digits", "seed"), doing="calling encode(x) and decode(z)"),
        Ask("look", ("shown", "seed"), doing="calling encode(x) and decode(z)", label="first"),
    ),
    shows=(
        Sentence(
            "Reconstructions are nearer to their own digit than to another one in a share of {} (by chance: 0.5).",
            (NEARER,),
        ),
        ImageGrid(
            ("shown", "first.x_hat"), "Held-out digits (top) and what your model makes of them, decode(mu) (bottom)."
        ),
        ImageGrid(("look.samples",), "Samples: decode(z) with z ~ N(0, I)."),
        LinePlot(
            {"vae_loss": "rehearse.losses"},
            x="step",
            y="vae_loss",
            caption="Your vae_loss of each batch, as your code returned it.",
        ),
        ScatterPlot(
            "look.mu",
            "classes",
            x="mu_1",
            y="mu_2",
            caption="Where your encoder puts held-out digits, a colour for each class.",
        ),
    ),
    bounds=(
        Bound(
            Measure("last tenth", ("rehearse.losses",)),
            at_most=Measure("first tenth", ("rehearse.losses",)),
            says="Your vae_loss has not become smaller: it was {wanted} in the first steps and is {found} in the last ones.",
        ),
        Bound(
            Measure("last tenth", ("rehearse.losses",)),
            at_least=0.0,
            says="Your vae_loss has become {found}. The cross-entropy and the KL are never negative; is a sign turned round?",
        ),
    ),
)

rehearsal = trains(
    "begins to encode and decode digits",
    points=0,
    driver=(HERE / "driver.py", HERE / "driver_rehearsal.py"),
    judge=RECIPE,
    attempts=ATTEMPTS,
)
