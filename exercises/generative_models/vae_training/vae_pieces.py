"""The pieces of a VAE: the requests that are made of them, and what they must take and give."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from vae_output import decode, judge_output, pixels_of

from autograder.checks import Mistake, Reply, Session, either, images

LAYOUTS = {"flat": "(N, 784)", "image": "(N, 1, 28, 28)"}
RESHAPE = "Inside encode, x.reshape(len(x), -1) or x.reshape(-1, 1, 28, 28) makes of either what your layers need."


@dataclass(frozen=True)
class Layouts:
    """The shape in which forward and encode take the digits, and ``vae_loss`` digits and x_hat; each has its own."""

    forward: str
    encode: str
    loss: str = ""


# ------------------------------------------------------------------ requests


def build(session: Session, seed: int) -> str:
    """Builds a new VAE() in the student's process; the device it stands on."""
    try:
        reply = session.ask("build", seed, session.device, doing="calling VAE()")
    except Mistake as mistake:
        if "argument" in str(mistake):
            mistake.name, mistake.credit = "needs_arguments", 0.25
            mistake.hint = "VAE() must work without arguments: give hidden and latent sizes a default value."
        raise
    if unseen := reply.names("loose"):
        raise Mistake(
            f"self.{unseen[0]} holds layers that PyTorch does not see, so that no optimiser finds their parameters. Keep lists "
            "of layers in nn.ModuleList or nn.Sequential.",
            name="not_registered",
            credit=0.25,
        )
    if missing := {"encode", "decode", "forward"} - set(reply.names("methods")):
        raise Mistake(
            f"VAE has no method {' and no '.join(sorted(missing))}. Give it encode(x), decode(z) and forward(x)."
        )
    if reply.number("parameters") == 0:
        raise Mistake("VAE() has 0 parameters, so there is nothing to learn. Assign each layer to self in __init__.")
    if elsewhere := reply.names("elsewhere"):
        raise Mistake(
            f"After VAE().to(device), the parameter {elsewhere[0]} is on another device. Leave devices to .to()."
        )
    return reply.device()


def layouts(session: Session, n: int = 4) -> Layouts:
    """The shapes of x in which forward and encode work: flat if they take it, else images; encode's is forward's if it may be."""
    pixels = images(session.digits, "t10k", n)
    forward_layout = fitting(LAYOUTS, lambda layout: forward(session, pixels, layout, 0))
    order = sorted(LAYOUTS, key=lambda layout: layout != forward_layout)
    return Layouts(forward_layout, fitting(order, lambda layout: encode(session, pixels, layout)))


def with_loss(session: Session, shapes: Layouts) -> Layouts:
    """The same with the shape of x and x_hat in which vae_loss works: that of x_hat as it comes, else flat, else images."""
    pixels = images(session.digits, "t10k", 4)
    x_hat, mu = torch.full((4, 784), 0.5), torch.zeros(4, 2)

    def ask(layout: str) -> Reply:
        return session.ask("loss", pixels, layout, x_hat, mu, mu, doing="calling vae_loss")

    return Layouts(shapes.forward, shapes.encode, fitting(("given", *LAYOUTS), ask))


def fitting(candidates: object, ask: Callable[[str], object]) -> str:
    """The first layout in which ``ask`` raises no Mistake."""

    def way(layout: str) -> Callable[[], str]:
        return lambda: (ask(layout), layout)[1]

    return either({f"With x of shape {LAYOUTS.get(layout, '')}": way(layout) for layout in candidates})


def encode(session: Session, pixels: Tensor, layout: str, seed: int = 0) -> tuple[Tensor, Tensor]:
    """mu and logvar of every digit, both (n, d)."""
    reply = session.ask("encode", pixels, layout, seed, doing="calling encode(x)")
    if found := reply.text("found"):
        raise Mistake(f"encode(x) must return mu and logvar, but it returns {found}.")
    return pair(reply, len(pixels))


def own_draws(session: Session, pixels: Tensor, layout: str) -> tuple[Tensor, Tensor]:  # each (n, 784)
    """x_hat of forward at two seeds, z drawn by the student; in training mode where evaluation mode draws nothing."""
    first, second = (forward(session, pixels, layout, seed) for seed in (3, 4))
    if torch.equal(first, second):
        first, second = (forward(session, pixels, layout, seed, training=True) for seed in (3, 4))
    return first, second


def forward(session: Session, pixels: Tensor, layout: str, seed: int, training: bool = False) -> Tensor:  # (n, 784)
    reply = session.ask("forward", pixels, layout, seed, training, doing="calling forward(x)")
    if found := reply.text("found"):
        raise Mistake(
            f"forward(x) must return three tensors, x_hat, mu and logvar, but it returns {found}.",
            name="returns_other",
            credit=0.25,
        )
    mu, _ = pair(reply, len(pixels))
    return pixels_of(session, reply.tensor("x_hat"), len(pixels), mu.shape[1], "forward(x)")


def pair(reply: Reply, n: int) -> tuple[Tensor, Tensor]:
    mu = reply.tensor("mu", (n, None))
    if mu.shape[1] == 0:
        raise Mistake("mu has no latents: its shape is (N, 0). Give the layer behind mu at least one output.")
    return mu, reply.tensor("logvar", (n, mu.shape[1]))


# ------------------------------------------------------------------ judge


def judge_interface(session: Session) -> tuple[str, ...]:
    """VAE() needs no arguments; forward gives x_hat, mu and logvar of the right shapes; encode and decode agree with it."""
    build(session, 0)
    shapes = layouts(session, 6)
    mu, logvar = encode(session, images(session.digits, "t10k", 6), shapes.encode)
    if not (torch.isfinite(mu).all() and torch.isfinite(logvar).all()):
        raise Mistake("encode(x) gives values that are not finite, before any training.")
    decode(session, mu)
    session.ask("nudge", 0, doing="looking into your VAE")
    pixels = images(
        session.digits, "t10k", 64
    )  # as many as the z to come: what a decode remembers of them is told later
    encode(session, pixels, shapes.encode)
    forward(session, pixels, shapes.forward, 0)
    judge_output(session, mu.shape[1], shapes.forward, shapes.encode)
    return other_layout(session, shapes.forward)


def other_layout(session: Session, layout: str) -> tuple[str, ...]:
    """A note where forward takes one of the two shapes only: the sheet leaves open which."""
    other = "image" if layout == "flat" else "flat"
    try:
        forward(session, images(session.digits, "t10k", 4), other, 0)
    except Mistake:
        return (f"forward(x) takes x of shape {LAYOUTS[layout]} only, and is given that. {RESHAPE}",)
    return ()
