"""Do the student's VAE, sampler and loss learn MNIST together? The loop is ours (driver.py); judged are values of the oracles."""

from dataclasses import dataclass
from pathlib import Path

import torch
import vae_measures as measure
import vae_pieces as pieces
from torch import Tensor
from vae_pictures import pictures

from autograder.checks.trains import Attempt, Session, probes, trains
from autograder.datasets import images, labels
from autograder.errors import Mistake
from reference.gaussian import kl_standard_normal
from reference.vae import reparameterize

kind = "code"
names = ("VAE", "vae_loss")
signature = "class VAE(torch.nn.Module): encode(x), decode(z), forward(x)"

DRIVER = Path(__file__).parent / "driver.py"
STEPS, BATCH = 300, 64
HELD_OUT = 500  # digits of the test set that are judged; the model never sees them in training

# Thresholds, halfway between what right and wrong models do: docs/calibration.md
BEATS_CONSTANT = 8.0  # nats by which the held-out ELBO must be above that of the best constant image
NEARER_TO_OWN = 0.65  # right models: above 0.75; a model that ignores z: 0.5
KL_AT_LEAST = 0.5  # nats; right models: above 3; collapsed: below 0.01
MOMENT_AT_MOST = 6.0  # E[z²] of the aggregate posterior; right models: below 3.5; without KL: above 12
CONTRAST_AT_LEAST = 0.03  # standard deviation between prior samples; right models: above 0.05; the mean digit: 0.02
SMOOTHNESS_AT_LEAST = 0.6  # correlation of neighbouring pixels; right models: above 0.85; noise: 0
SAMPLING_NATS = 4.0  # what the student's own sampling may change in the reconstruction, against z ~ N(mu, exp(logvar))


@dataclass(frozen=True)
class Trained:
    """What came back from a model: of the held-out digits, and of draws from the prior."""

    mu: Tensor
    logvar: Tensor
    x_hat: Tensor  # decoded from one draw of z a digit
    x_mean: Tensor  # decoded from mu
    x_prior: Tensor  # decoded from z ~ N(0, I)
    x_forward: Tensor  # what forward returned, with the student's own sampling


def judge_training(session: Session, attempt: Attempt):
    """Trains a new model and judges it; raises Mistake with the pictures of what went wrong."""
    digits = session.digits
    train, test = images(digits, "train", 4_000), images(digits, "t10k", HELD_OUT)
    x = test.float() / 255
    device = pieces.build(session, attempt.seed)
    layout = pieces.layout(session)
    before = look(session, test, layout)
    reply = session.ask(
        "train", train, layout, attempt.seed, attempt.optimizer, attempt.rate, STEPS, BATCH, doing="training your VAE"
    )
    losses = reply.tensor("losses", (None,))
    if not torch.isfinite(losses).all():
        raise not_finite(session, layout, losses)
    after = look(session, test, layout)
    trained = f"Trained on {device}: {STEPS} steps of {BATCH} digits, {attempt.optimizer} at {attempt.rate:g}, seed {attempt.seed}."
    shown = pictures(after, x, losses, labels(digits, "t10k", HELD_OUT), trained)
    try:
        verdict(session, layout, x, before, after, measure.constant_image(train.float() / 255, x))
    except Mistake as mistake:
        mistake.detail = shown
        raise
    return shown


def look(session: Session, test: Tensor, layout: str) -> Trained:
    """Encodes the held-out digits, then decodes z that we draw, in a request of its own."""
    mu, logvar = pieces.encode(session, test, layout)
    generator = torch.Generator().manual_seed(9)
    z = reparameterize(mu, logvar, eps=torch.randn(mu.shape, generator=generator))
    prior = torch.randn(mu.shape, generator=generator)
    n = len(test)
    decoded = pieces.decode(session, torch.cat([z, mu, prior]))
    forward = pieces.own_draw(session, test, layout)
    return Trained(mu, logvar, decoded[:n], decoded[n : 2 * n], decoded[2 * n :], forward)


def verdict(session: Session, layout: str, x: Tensor, before: Trained, after: Trained, constant: float) -> None:
    """Raises the Mistake whose trace is found; the traces are ordered from the most to the least specific."""
    for name, value in vars(after).items():
        if not torch.isfinite(value).all():
            raise Mistake(f"After training, {name} holds values that are not finite.", name="not_finite", credit=0.25)
    heads(after)
    elbo, start = (measure.elbo(t.x_hat, x, t.mu, t.logvar) for t in (after, before))
    kl = float(kl_standard_normal(after.mu, after.logvar).mean())
    nearer = measure.nearer_to_own(after.x_mean, x)
    moment = measure.second_moment(after.mu, after.logvar)
    collapsed = kl < KL_AT_LEAST or nearer < NEARER_TO_OWN
    if collapsed or not moment < MOMENT_AT_MOST:
        pieces.blame_loss(session, layout, moment, nearer)
    own, ours = (float(measure.reconstruction(t, x).mean()) for t in (after.x_forward, after.x_hat))
    if ours - own > SAMPLING_NATS:
        raise Mistake(
            f"forward(x) reconstructs better (cross-entropy {own:.4g} nats) than decode(z) does from z ~ N(mu, exp(logvar)) "
            f"({ours:.4g} nats): something of x reaches the decoder past z, or z is drawn with another spread.",
            name="not_through_z",
            credit=0.25,
        )
    if collapsed:
        raise Mistake(
            f"The model has not learned to use z: KL(q‖p) is {kl:.4g} nats and its reconstructions are nearer to their own digit "
            f"than to another one in {nearer:.0%} of the cases, where chance gives 50%.",
        )
    if not moment < MOMENT_AT_MOST:
        raise Mistake(
            f"The latents spread far beyond the prior: E[z²] is {moment:.4g}, and N(0, 1) has 1. Is the KL in the loss, "
            "summed over the latent axis, with the weight of one digit?",
        )
    if not elbo > max(constant + BEATS_CONSTANT, start):
        raise Mistake(
            f"After training, the ELBO of held-out digits is {elbo:.4g} nats (before: {start:.4g}). Reconstructing every digit "
            f"as the mean image gives {constant:.4g}; at least {constant + BEATS_CONSTANT:.4g} is expected."
        )
    samples(after.x_prior)


def heads(after: Trained) -> None:
    """encode must be free to give any mu and logvar."""
    for name, value in (("mu", after.mu), ("logvar", after.logvar)):
        if float(value.min()) >= 0:
            raise Mistake(
                f"{name} is never negative: a ReLU (or another function that cuts off) stands behind the layer that gives {name}. "
                f"{name} may be any real number; end encode with a linear layer.",
                name="relu_on_heads",
                credit=0.5,
            )


def samples(x: Tensor) -> None:
    """Images of the prior must be images: in [0, 1], different from each other, and no noise."""
    contrast, smoothness = measure.contrast(x), measure.smoothness(x)
    if contrast < CONTRAST_AT_LEAST:
        raise Mistake(f"decode(z) of z ~ N(0, I) gives nearly the same image each time (spread {contrast:.4g} a pixel).")
    if smoothness < SMOOTHNESS_AT_LEAST:
        raise Mistake(f"decode(z) of z ~ N(0, I) gives noise: neighbouring pixels correlate by {smoothness:.4g}, digits by 0.83.")


def not_finite(session: Session, layout: str, losses: Tensor) -> Mistake:
    step = int((~torch.isfinite(losses)).nonzero()[0]) + 1
    return Mistake(
        f"vae_loss is {float(losses[step - 1])} from step {step} of {STEPS} on. A logarithm of 0 or an exp of a large number does "
        "that; check that x_hat comes from a sigmoid and that logvar is not taken for a variance.",
        name="not_finite",
        credit=0.25,
    )


checks = [
    probes("takes digits and gives x_hat, mu and logvar", points=1, driver=DRIVER, judge=pieces.judge_interface),
    probes(
        "takes digits flat and as images",
        points=0.5,
        driver=DRIVER,
        judge=pieces.judge_layouts,
        needs=("takes digits and gives x_hat, mu and logvar",),
    ),
    probes(
        "everything reaches the decoder through z",
        points=1,
        driver=DRIVER,
        judge=pieces.judge_wiring,
        needs=("takes digits and gives x_hat, mu and logvar",),
    ),
    trains(
        "learns to encode and decode digits",
        points=2,
        driver=DRIVER,
        judge=judge_training,
        needs=("everything reaches the decoder through z",),
    ),
]
