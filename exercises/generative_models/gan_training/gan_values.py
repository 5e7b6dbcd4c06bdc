"""The three losses as functions of D(x) and D(G(z)): what they must be up to a positive factor, and how wrong ones are known.

A factor (the halves left out, a sum in place of the mean) changes no training, so it costs nothing here; the exercises on
the losses themselves name it.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from autograder.checks import Mistake, Reply, Session
from reference.gan import discriminator_loss, generator_loss, nonsaturating_generator_loss

LOSSES = ("discriminator_loss", "generator_loss", "nonsaturating_generator_loss")
ALIKE = 1e-3  # relative, for gradients in float32 at probabilities between 0.05 and 0.95

Loss = Callable[[Tensor, Tensor], Tensor]
RIGHT: dict[str, Loss] = {
    "discriminator_loss": discriminator_loss,
    "generator_loss": generator_loss,
    "nonsaturating_generator_loss": lambda real, fake: nonsaturating_generator_loss(fake),
}


def log(p: Tensor) -> Tensor:
    return torch.log(p).mean()


# loss -> slug -> the formula that was written, and what to say about it
WRONG: dict[str, dict[str, tuple[Loss, str]]] = {
    "discriminator_loss": {
        "discriminator_sign": (
            lambda real, fake: log(real) + log(1 - fake),
            "the sign is turned round: D learns to be wrong. Minimise -½ E[log D(x)] - ½ E[log(1 - D(G(z)))].",
        ),
        "real_and_fake_swapped": (
            lambda real, fake: -log(fake) - log(1 - real),
            "real and fake are swapped: D learns to call the digits fake.",
        ),
        "one_minus_log": (
            lambda real, fake: -log(real) + log(fake),
            "1 - log D(G(z)) stands where log(1 - D(G(z))) is meant.",
        ),
        "probability_for_logit": (
            lambda real, fake: -log(torch.sigmoid(real)) - log(1 - torch.sigmoid(fake)),
            "the probabilities go through a sigmoid again: D(x) is a probability already, not a logit.",
        ),
        "real_term_only": (lambda real, fake: -log(real), "the term of the generated images is missing."),
        "fake_term_only": (lambda real, fake: -log(1 - fake), "the term of the real images is missing."),
    },
    "generator_loss": {
        "generator_sign": (
            lambda real, fake: -log(1 - fake),
            "the sign is turned round: G learns to be found out. J^(G) = -J^(D).",
        ),
        "nonsaturating_for_minimax": (
            lambda real, fake: -log(fake),
            "this is the non-saturating loss. J^(G) of the minimax game is -J^(D).",
        ),
    },
    "nonsaturating_generator_loss": {
        "nonsaturating_sign": (
            lambda real, fake: log(fake),
            "the sign is turned round: G learns to be found out. Minimise -½ E[log D(G(z))].",
        ),
        "minimax_for_nonsaturating": (
            lambda real, fake: log(1 - fake),
            "this is the minimax loss, whose gradient vanishes when D is sure. Minimise -½ E[log D(G(z))].",
        ),
        "one_minus_d": (
            lambda real, fake: -log(1 - fake),
            "log(1 - D(G(z))) stands where log D(G(z)) is meant: G learns to be found out.",
        ),
    },
}


def judge_values(session: Session) -> tuple[()]:
    """Values at an undecided D, and gradients at others, agree with the oracle up to one positive factor a loss."""
    generator = torch.Generator().manual_seed(2)
    real, fake = 0.05 + 0.9 * torch.rand(2, 32, 1, generator=generator)
    undecided = torch.full((32, 1), 0.5)
    doing = "calling the three losses"
    sure, open_ = (session.ask("losses", *pair, doing=doing) for pair in ((real, fake), (undecided, undecided)))
    for name in LOSSES:
        factor = judge_gradient(name, sure, real, fake)
        judge_undecided(name, open_, factor)
    return ()


def judge_gradient(name: str, reply: Reply, real: Tensor, fake: Tensor) -> float:
    """The factor between the student's gradients and the oracle's; raises the Mistake that explains why there is none."""
    value = reply.tensor(name)
    if value.numel() != 1 or not torch.isfinite(value).all():
        raise Mistake(
            f"{name} must give one finite number, but of probabilities between 0.05 and 0.95 it gives {value.tolist()}."
        )
    found = [reply.tensor(f"{name}_{side}", tuple(d.shape)) for side, d in (("real", real), ("fake", fake))]
    if name != "discriminator_loss":
        found[0] = torch.zeros_like(real)  # G moves by D(G(z)) alone, whether the other term is there or not
    together = torch.cat(found)
    if not together.any():
        raise Mistake(
            f"No gradient passes {name}: it is cut by detach(), item(), data or numpy, so nothing learns from it. Use torch "
            "functions on the tensors as they come.",
            name=f"{name.removesuffix('_loss')}_detached",
            credit=0.25,
        )
    factor = multiple(together, gradients(RIGHT[name], name, real, fake))
    if factor > 0:
        return factor
    for slug, (formula, said) in WRONG[name].items():
        if multiple(together, gradients(formula, name, real, fake)) > 0:
            raise Mistake(f"{name}: {said}", name=slug, credit=0.25)
    raise Mistake(
        f"The gradient of {name} is not that of the formula on the sheet, at D(x) and D(G(z)) between 0.05 and 0.95, nor a "
        "multiple of it. Check each logarithm and each sign."
    )


def gradients(loss: Loss, name: str, real: Tensor, fake: Tensor) -> Tensor:
    leaves = [real.clone().requires_grad_(), fake.clone().requires_grad_()]
    found = torch.autograd.grad(loss(*leaves), leaves, allow_unused=True)
    real_side, fake_side = (torch.zeros_like(d) if g is None else g for g, d in zip(found, leaves, strict=True))
    return torch.cat([real_side if name == "discriminator_loss" else torch.zeros_like(real), fake_side])


def multiple(found: Tensor, expected: Tensor) -> float:
    """c with found = c · expected; NaN where there is none. c > 0 is the same training."""
    c = float((found * expected).sum() / (expected * expected).sum())
    alike = (found - c * expected).abs().max() <= ALIKE * found.abs().max()
    return c if alike and c != 0 else float("nan")


def judge_undecided(name: str, reply: Reply, factor: float) -> None:
    """At D = 1/2 everywhere J^(D) = log 2; for the generator's losses the terms that G does not move are free."""
    if name != "discriminator_loss":
        return
    expected = factor * float(torch.log(torch.tensor(2.0)))
    value = float(reply.tensor(name))
    if not abs(value - expected) <= 1e-3 * expected:
        raise Mistake(
            f"For an undecided D, where D(x) = D(G(z)) = 1/2, {name} is {value:.4g}; log 2 = 0.6931 is expected"
            + (f" (times {factor:.4g}, as your gradients have it)." if abs(factor - 1) > 1e-3 else ".")
        )
