"""Do the student's three GAN losses train a given small generator and discriminator? Networks and loop are ours (driver.py)."""

from pathlib import Path

import torch
from gan_pictures import loss_picture, sample_picture, slope_picture
from gan_rehearsal import rehearsal
from gan_values import judge_values
from torch import Tensor

from autograder.checks import Attempt, Mistake, Session, images, probes, trains

kind = "code"
names = ("discriminator_loss", "generator_loss", "nonsaturating_generator_loss")
signature = "discriminator_loss(d_real, d_fake), generator_loss(d_real, d_fake), nonsaturating_generator_loss(d_fake)"

DRIVER = Path(__file__).parent / "driver.py"
LATENT = 16
BATCH = 32
D_STEPS = 60  # for D alone, against noise
ATTEMPTS = (Attempt(0, 300, rate=2e-3), Attempt(1, 300, rate=2e-3), Attempt(2, 800))
GENERATOR_LOSSES = ("generator_loss", "nonsaturating_generator_loss")

# Thresholds, halfway between what right and wrong losses do: docs/calibration.md
TOLD_APART = 0.9  # share of held-out digits and of noise that D must tell apart; right: above 0.99; chance: 0.5
MOVED = 0.45  # energy distance of samples and digits, after training over before; right: below 0.35; wrong: above 0.55
VANISHED = 0.01  # slope of J^(G) at D(G(z)) = 0.0003, over its slope at 1/2; right: 0.0007
STANDS = 0.5  # the same of the non-saturating loss; right: 2.0


# ------------------------------------------------------------------ before training


def judge_gradients(session: Session):
    """Each generator loss reaches every parameter of G; where D is sure, the minimax one vanishes and the other stands."""
    session.ask("build", 0, session.device, doing="building G and D")
    reply = session.ask("reach", images(session.digits, "train", 32), 0, doing="calling the generator losses")
    for name in GENERATOR_LOSSES:
        norms = reply.tensor(name, (None,))
        if not (torch.isfinite(norms) & (norms > 0)).all():
            raise Mistake(
                f"The gradient of {name} does not reach all parameters of G: D(G(z)) is cut off from the loss."
            )
    logits = torch.linspace(-8, 8, 65)
    slopes = session.ask("along", logits, doing="calling the generator losses at one D(G(z)) at a time")
    minimax, other = (slopes.tensor(name, (65,)) for name in GENERATOR_LOSSES)
    shown = (slope_picture(torch.sigmoid(logits), minimax, other),)
    middle = 32  # D(G(z)) = 1/2
    for name, slope, fails in (
        ("generator_loss", minimax, lambda ratio: ratio > VANISHED),
        ("nonsaturating_generator_loss", other, lambda ratio: ratio < STANDS),
    ):
        ratio = float((slope[0] / slope[middle]).abs())
        if not torch.isfinite(slope).all() or fails(ratio):
            verb = "vanish" if name == "generator_loss" else "stay"
            raise Mistake(
                f"Where D finds G's images out (D(G(z)) = {float(torch.sigmoid(logits[0])):.4g}), the gradient of {name} must "
                f"{verb}, but it is {ratio:.4g} times as large as at D(G(z)) = 1/2.",
                name="clamped_gradient" if ratio == 0 else "",
                credit=0.5 if ratio == 0 else None,
                hint="Clamp at 1e-8 or less, if at all." if ratio == 0 else "",
                detail=shown,
            )
    said = (
        f"At D(G(z)) = {float(torch.sigmoid(logits[0])):.4g} the gradient of J^(G) in D's logit is {float(minimax[0]):.4g}, "
        f"that of the non-saturating loss {float(other[0]):.4g}: the first has nothing left to learn from."
    )
    return (said, *shown)


# ------------------------------------------------------------------ training


def judge_training(session: Session, attempt: Attempt):
    """Trains D alone, then the game with each generator loss; raises Mistake with the pictures of what went wrong."""
    device, apart = discriminate(session, attempt)
    shown = [
        f"Trained on {device}: {attempt}, {BATCH} digits a step.",
        f"D tells held-out digits from noise in {apart:.1%} of the cases.",
    ]
    curves = {}
    for name in GENERATOR_LOSSES:
        start, end, samples, curves[name] = play(session, attempt, name)
        shown += [
            f"Energy distance of G's samples to held-out digits, with {name}: {start:.4g} → {end:.4g}.",
            sample_picture(name, samples),
        ]
        if not end < MOVED * start:
            raise Mistake(
                f"After {attempt.steps} steps with {name}, G's samples have not come nearer to the digits: their energy distance "
                f"was {start:.4g} and is {end:.4g}; less than {MOVED * start:.4g} is expected.",
                detail=tuple(shown),
            )
    return (*shown, loss_picture(curves))


def discriminate(session: Session, attempt: Attempt) -> tuple[str, float]:
    """Trains D on digits against uniform noise; the device, and the share of held-out digits and new noise it tells apart."""
    device = session.ask("build", attempt.seed, session.device, doing="building G and D").device()
    train, test = images(session.digits, "train", 4_000), images(session.digits, "t10k", 500)
    noise = torch.randint(0, 256, test.shape, generator=torch.Generator().manual_seed(7)).to(torch.uint8)
    reply = session.ask("against_noise", train, attempt.seed, 1e-3, D_STEPS, BATCH, doing="training D")
    finite("discriminator_loss", reply.tensor("losses", (None,)))
    real, fake = (session.ask("judge", x, doing="asking D").tensor("d", (500, 1)) for x in (test, noise))
    apart = float((real > 0.5).float().mean() + (fake < 0.5).float().mean()) / 2
    if not apart > TOLD_APART:
        raise Mistake(
            f"After {D_STEPS} steps with discriminator_loss, D tells digits from noise in {apart:.0%} of the cases (chance: "
            f"50%). D(digit) is {float(real.mean()):.4g} on average and D(noise) {float(fake.mean()):.4g}; 1 and 0 are expected."
        )
    return device, apart


def play(session: Session, attempt: Attempt, name: str) -> tuple[float, float, Tensor, Tensor]:
    """G against D with one generator loss: energy distance to held-out digits before and after, samples, J^(D)."""
    train, test = images(session.digits, "train", 4_000), images(session.digits, "t10k", 500).float() / 255
    z = torch.randn(500, LATENT, generator=torch.Generator().manual_seed(8))
    session.ask("build", attempt.seed, session.device, doing="building G and D")
    before = session.ask("samples", z, doing="drawing samples").tensor("x", (500, 784))
    settings = (attempt.seed, attempt.rate, attempt.steps, BATCH)
    reply = session.ask("train", train, name, *settings, doing=f"training G with {name}")
    of_d, of_g = (reply.tensor(losses, (None,)) for losses in ("of_d", "of_g"))
    finite(name, of_d + of_g)
    after = session.ask("samples", z, doing="drawing samples").tensor("x", (500, 784))
    return energy_distance(before, test), energy_distance(after, test), after, of_d


def finite(name: str, losses: Tensor) -> None:
    if not torch.isfinite(losses).all():
        step = int((~torch.isfinite(losses)).nonzero()[0])
        raise Mistake(
            f"{name} or discriminator_loss is not finite from step {step + 1} on: log(0) does that. Keep D inside (0, 1)."
        )


def energy_distance(a: Tensor, b: Tensor) -> float:
    """2 E|a - b| - E|a - a'| - E|b - b'| of two sets of points (n, d), (m, d): 0 for the same distribution.

    Source: Székely and Rizzo, Energy statistics (2013), equation 4.
    """
    n, m = len(a), len(b)
    within = torch.cdist(a, a).sum() / (n * (n - 1)) + torch.cdist(b, b).sum() / (m * (m - 1))
    return float(2 * torch.cdist(a, b).mean() - within)


checks = [
    probes("the losses have the values and slopes of the sheet", points=1, driver=DRIVER, judge=judge_values),
    probes(
        "gradients reach G, and vanish only where they should",
        points=0.5,
        driver=DRIVER,
        judge=judge_gradients,
        needs=("the losses have the values and slopes of the sheet",),
    ),
    trains(
        "G and D learn from the losses",
        points=1.5,
        driver=DRIVER,
        judge=judge_training,
        attempts=ATTEMPTS,
        rehearsal=rehearsal,  # what of this training is public, and all of it that a student's pack holds
        needs=("the losses have the values and slopes of the sheet",),
    ),
]
