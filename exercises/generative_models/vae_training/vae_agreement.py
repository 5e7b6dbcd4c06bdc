"""The mu and logvar that forward returns must be those of encode: the KL is computed from the one, z from the other."""

from collections.abc import Callable

import torch
from torch import Tensor
from vae_pieces import Layouts

from autograder.checks import Mistake, Reply, Session, images

ALIKE = 1e-3  # relative to the values' size; guards inside a log or an exp cost less
IN_PLACE_OF_LOGVAR: dict[str, tuple[str, Callable[[Tensor], Tensor]]] = {  # what is returned: slug, its name
    "returns_std": ("the standard deviation exp(logvar/2)", lambda v: (v / 2).exp()),
    "returns_variance": ("the variance exp(logvar)", torch.exp),
    "returns_log_sigma": ("log sigma = logvar/2", lambda v: v / 2),
}


def judge_agreement(session: Session, shapes: Layouts) -> None:
    """Compares within one call of forward, evaluating and training, so that no dropout and no batch norm comes between."""
    pixels = images(session.digits, "t10k", 32)
    for training in (False, True):
        reply = session.ask("beside", pixels, shapes.forward, shapes.encode, 5, training, doing="calling forward(x)")
        mu, d = reply.tensor("mu"), reply.tensor("mu").shape[1]
        q_mu, q_logvar, again_mu, again_logvar = (
            reply.tensor(key, (32, d)) for key in ("q_mu", "q_logvar", "other_mu", "other_logvar")
        )
        logvar, noise = (
            reply.tensor("logvar"),
            float((q_mu - again_mu).abs().max() + (q_logvar - again_logvar).abs().max()),
        )
        if alike(mu, q_mu, noise) and alike(logvar, q_logvar, noise):
            continue
        if alike(mu, q_logvar, noise) and alike(logvar, q_mu, noise):
            swapped(session, shapes, pixels, d)
        if not alike(mu, q_mu, noise):
            wrong_mu(reply, mu, q_mu, q_logvar)
        wrong_logvar(logvar, q_mu, q_logvar)


def alike(a: Tensor, b: Tensor, noise: float = 0.0) -> bool:
    """Equal up to rounding, and up to what encode itself differs by from call to call."""
    return bool(((a - b).abs() <= ALIKE * (b.abs() + 1e-3) + 2 * noise).all())


def swapped(session: Session, shapes: Layouts, pixels: Tensor, d: int) -> None:
    """forward's mu is encode's second value: is that so for z as well?"""
    mu, logvar = torch.full((32, d), 3.0), torch.full((32, d), -8.0)
    reply = session.ask("watch", pixels, shapes.forward, mu, logvar, 5, doing="calling forward(x)")
    right = reply.number("calls") == 1 and float((reply.tensor("z") - 3.0).abs().mean()) < 1.0
    where = (
        "forward returns logvar where mu is asked, and mu where logvar is asked. Return x_hat, mu, logvar in this order."
        if right
        else "forward takes encode's first value for logvar and the second for mu. encode must return mu, logvar, in this order, "
        "and forward must take them so: mu, logvar = self.encode(x)."
    )
    raise Mistake(f"mu and logvar are swapped: {where}", name="heads_swapped", credit=0.5)


def wrong_mu(reply: Reply, mu: Tensor, q_mu: Tensor, q_logvar: Tensor) -> None:
    if "z" in reply.values and alike(mu, reply.tensor("z").reshape(mu.shape)) or around(mu, q_mu, q_logvar):
        raise Mistake(
            "forward returns z, the draw, where mu is asked: the KL would be computed of the noise. Return x_hat, mu, logvar.",
            name="returns_z",
            credit=0.5,
        )
    differs("mu", mu, q_mu, "logvar" if alike(mu, q_logvar) else "")


def around(mu: Tensor, q_mu: Tensor, q_logvar: Tensor) -> bool:
    """Whether ``mu`` scatters about encode's as z does: (z - mu)/sigma has mean 0 and standard deviation 1."""
    scaled = (mu - q_mu) / (q_logvar / 2).exp()
    return abs(float(scaled.std()) - 1) < 0.25 and abs(float(scaled.mean())) < 0.5


def wrong_logvar(logvar: Tensor, q_mu: Tensor, q_logvar: Tensor) -> None:
    for slug, (said, f) in IN_PLACE_OF_LOGVAR.items():
        if alike(logvar, f(q_logvar)):
            raise Mistake(
                f"forward returns {said} where logvar is asked, so that the KL is computed of another q than z is drawn from. "
                "Return the logvar that encode gives.",
                name=slug,
                credit=0.5,
            )
    differs("logvar", logvar, q_logvar, "mu" if alike(logvar, q_mu) else "")


def differs(name: str, value: Tensor, own: Tensor, other: str) -> None:
    at = int((value - own).abs().argmax())
    found = (
        f"{float(value.flatten()[0]):.4g} for every digit"
        if float(value.std()) < 1e-6
        else f"{other} in its place"
        if other
        else f"{float(value.flatten()[at]):.4g} where encode gives {float(own.flatten()[at]):.4g}"
    )
    raise Mistake(
        f"forward(x) must return the {name} that encode(x) gives, but it returns {found}. The KL is then computed of another q "
        "than z is drawn from.",
        name="another_q",
        credit=0.5,
    )
