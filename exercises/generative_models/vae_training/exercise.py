"""Do the student's VAE, sampler and loss learn MNIST together? The loop is ours (driver.py); judged are values of the oracles."""

from dataclasses import dataclass
from pathlib import Path

import torch
import vae_measures as measure
import vae_pieces as pieces
from torch import Tensor
from vae_blame import blame_loss
from vae_output import decode, never_dark
from vae_pictures import pictures
from vae_rehearsal import rehearsal
from vae_wiring import judge_wiring

from autograder.checks import Attempt, Mistake, Session, images, labels, probes, trains
from reference.vae import reparameterize

kind = "code"
names = ("VAE", "vae_loss")
signature = "class VAE(torch.nn.Module): encode(x), decode(z), forward(x)"

HERE = Path(__file__).parent
DRIVER = HERE / "driver.py"
LOOKING = (DRIVER, HERE / "driver_probes.py", HERE / "driver_gradients.py")
BATCH = 32
ATTEMPTS = (Attempt(0, 450), Attempt(1, 1_200), Attempt(2, 1_200, rate=5e-4))  # deep tanh nets need 1,000 steps
HELD_OUT = 500  # digits of the test set that are judged; the model never sees them in training

# Thresholds, halfway between what right and wrong models do: docs/calibration.md
BEATS_CONSTANT = 5.0  # nats by which the held-out ELBO must be above that of the best constant image
NEARER_TO_OWN = 0.6  # how often a reconstruction is nearer to its own digit than to another one; chance: 0.5
KL_AT_LEAST = 0.5  # nats; collapsed models: below 0.02
MOMENT_AT_MOST = (
    5.0  # E[z²] of the aggregate posterior, where N(0, 1) has 1; without KL: above 9 where else all looks well
)
CONTRAST_AT_LEAST = 0.035  # standard deviation between prior samples; the mean digit every time: 0.02
SMOOTHNESS_AT_LEAST = 0.6  # correlation of neighbouring pixels in prior samples; noise: 0
SAMPLING_NATS = 2.0  # nats by which forward may reconstruct better than decode(z) with z ~ N(mu, exp(logvar))


def judge_training(session: Session, attempt: Attempt):
    """Trains a new model and judges it; raises Mistake with the pictures of what went wrong."""
    run = train(session, attempt)
    classes = labels(session.digits, "t10k", HELD_OUT)
    shown = pictures(
        run.after, run.x, run.losses, classes, f"Trained on {run.device}: {attempt}, {BATCH} digits a step."
    )
    try:
        judge(session, run)
    except Mistake as mistake:
        mistake.detail = shown
        raise
    return shown


def judge(session: Session, run: "Run") -> None:
    """Raises the Mistake that explains what came out, if something is wrong with it."""
    never_dark(run.after.x_forward, "forward(x)")
    verdict(session, run.shapes.loss, run.numbers)


@dataclass(frozen=True)
class Run:
    """One training: where, how, what came out. ``x`` are the held-out digits (n, 784)."""

    device: str
    shapes: pieces.Layouts
    losses: Tensor
    x: Tensor
    after: measure.Trained
    numbers: measure.Measures


def train(session: Session, attempt: Attempt) -> Run:
    """Builds a model, trains it in the student's process, and measures here what it does to held-out digits."""
    digits, test = images(session.digits, "train", 4_000), images(session.digits, "t10k", HELD_OUT)
    x = test.float() / 255
    device = pieces.build(session, attempt.seed)
    shapes = pieces.with_loss(session, pieces.layouts(session))
    before = look(session, test, shapes)
    settings = (shapes.forward, shapes.loss, attempt.seed, attempt.optimizer, attempt.rate, attempt.steps, BATCH)
    losses = session.ask("train", digits, *settings, doing="training your VAE").tensor("losses", (None,))
    finite(losses)
    after = look(session, test, shapes)
    numbers = measure.measured(x, before, after, measure.constant_image(digits.float() / 255, x))
    return Run(device, shapes, losses, x, after, numbers)


def look(session: Session, test: Tensor, shapes: pieces.Layouts) -> measure.Trained:
    """Encodes the held-out digits, then decodes z that we draw, in a request of its own."""
    mu, logvar = pieces.encode(session, test, shapes.encode)
    generator = torch.Generator().manual_seed(9)
    z = reparameterize(mu, logvar, eps=torch.randn(mu.shape, generator=generator))
    prior = torch.randn(mu.shape, generator=generator)
    n = len(test)
    decoded = decode(session, torch.cat([z, mu, prior]))
    forward, _ = pieces.own_draws(session, test, shapes.forward)
    return measure.Trained(mu, logvar, decoded[:n], decoded[n : 2 * n], decoded[2 * n :], forward)


def finite(losses: Tensor) -> None:
    if not torch.isfinite(losses).all():
        step = int((~torch.isfinite(losses)).nonzero()[0])
        raise Mistake(
            f"vae_loss is {float(losses[step])} from step {step + 1} on. A logarithm of 0 or an exp of a large number does that; "
            "check that x_hat comes from a sigmoid, and that logvar is not taken for a variance."
        )


def verdict(session: Session, loss_layout: str, m: measure.Measures) -> None:
    """Raises the Mistake whose trace is found: what the loss explains first, then what the model does."""
    collapsed = not (m.kl > KL_AT_LEAST and m.nearer > NEARER_TO_OWN)
    far = not m.moment < MOMENT_AT_MOST
    better = m.elbo > max(m.constant + BEATS_CONSTANT, m.start)
    if collapsed or far or not better:
        blame_loss(session, loss_layout, m.moment, m.nearer)
    if collapsed:
        raise Mistake(
            f"The model has not learned to use z: KL(q‖p) is {m.kl:.4g} nats, and its reconstructions are nearer to their own "
            f"digit than to another one in {m.nearer:.0%} of the cases, where chance gives 50%."
        )
    heads(m)
    if m.sampling > SAMPLING_NATS:
        raise Mistake(
            f"forward(x) reconstructs {m.sampling:.4g} nats better than decode(z) does from z ~ N(mu, exp(logvar)): something of "
            "x reaches the decoder past z, or z is drawn with another spread.",
            name="not_through_z",
            credit=0.25,
        )
    if far:
        raise Mistake(
            f"The latents spread far beyond the prior: E[z²] is {m.moment:.4g}, and N(0, 1) has 1. Is the KL in the loss, "
            "summed over the latent axis, with the weight of one digit?"
        )
    if not better:
        raise Mistake(
            f"After training, the ELBO of held-out digits is {m.elbo:.4g} nats (before: {m.start:.4g}). Reconstructing every "
            f"digit as the mean image gives {m.constant:.4g}; at least {m.constant + BEATS_CONSTANT:.4g} is expected."
        )
    samples(m)


def heads(m: measure.Measures) -> None:
    """encode must be free to give any mu and logvar."""
    for name, lowest in (("mu", m.lowest_mu), ("logvar", m.lowest_logvar)):
        if lowest >= 0:
            raise Mistake(
                f"{name} is never negative: a ReLU (or another function that cuts off) stands behind the layer that gives "
                f"{name}. It may be any real number; end encode with a linear layer.",
                name="relu_on_heads",
                credit=0.5,
            )


def samples(m: measure.Measures) -> None:
    """Images of the prior must be images: different from each other, and no noise."""
    if m.contrast < CONTRAST_AT_LEAST:
        raise Mistake(
            f"decode(z) of z ~ N(0, I) gives nearly the same image each time (spread {m.contrast:.4g} a pixel)."
        )
    if m.smoothness < SMOOTHNESS_AT_LEAST:
        raise Mistake(
            f"decode(z) of z ~ N(0, I) gives noise: neighbouring pixels correlate by {m.smoothness:.4g}; those of digits by 0.83."
        )


checks = [
    probes("takes digits and gives x_hat, mu and logvar", points=1, driver=LOOKING, judge=pieces.judge_interface),
    probes(
        "everything reaches the decoder through z",
        points=1,
        driver=LOOKING,
        judge=judge_wiring,
        needs=("takes digits and gives x_hat, mu and logvar",),
    ),
    trains(
        "learns to encode and decode digits",
        points=2,
        driver=DRIVER,
        judge=judge_training,
        attempts=ATTEMPTS,
        rehearsal=rehearsal,  # what of this training is public, and all of it that a student's pack holds
        needs=("everything reaches the decoder through z",),
    ),
]
