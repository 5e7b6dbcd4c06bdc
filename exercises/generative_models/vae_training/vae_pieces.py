"""The pieces of a VAE: the requests that are made of them, and what they must take and give."""

import torch
from torch import Tensor

from autograder.checks import Mistake, Reply, Session, images

LAYOUTS = {"flat": "(N, 784)", "image": "(N, 1, 28, 28)"}
RESHAPE = "Inside encode, x.reshape(len(x), -1) or x.reshape(-1, 1, 28, 28) makes of either what your layers need."


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
    if reply.number("parameters") == 0:
        raise Mistake("VAE() has 0 parameters, so there is nothing to learn. Assign each layer to self in __init__.")
    if elsewhere := reply.names("elsewhere"):
        raise Mistake(
            f"After VAE().to(device), the parameter {elsewhere[0]} is on another device. Leave devices to .to()."
        )
    if missing := {"encode", "decode", "forward"} - set(reply.names("methods")):
        raise Mistake(
            f"VAE has no method {' and no '.join(sorted(missing))}. Give it encode(x), decode(z) and forward(x)."
        )
    return reply.device()


def layout(session: Session) -> str:
    """The shape of x in which forward works: flat if it takes it, else images."""
    try:
        session.ask("forward", images(session.digits, "t10k", 4), "flat", 0, doing="calling forward(x)")
    except Mistake:
        session.ask("forward", images(session.digits, "t10k", 4), "image", 0, doing="calling forward(x)")
        return "image"
    return "flat"


def encode(session: Session, pixels: Tensor, layout: str) -> tuple[Tensor, Tensor]:
    """mu and logvar of every digit, both (n, d)."""
    reply = session.ask("encode", pixels, layout, doing="calling encode(x)")
    if found := reply.text("found"):
        raise Mistake(f"encode(x) must return mu and logvar, but it returns {found}.")
    return pair(reply, len(pixels))


def decode(session: Session, z: Tensor) -> Tensor:  # (n, 784)
    reply = session.ask("decode", z, doing="calling decode(z)")
    return pixels_of(reply.tensor("x_hat"), len(z), "decode(z)")


def own_draws(session: Session, pixels: Tensor, layout: str) -> tuple[Tensor, Tensor]:  # each (n, 784)
    """x_hat of forward at two seeds, z drawn by the student; in training mode where evaluation mode draws nothing."""
    first, second = (forward(session, pixels, layout, seed) for seed in (3, 4))
    if torch.equal(first, second):
        first, second = (forward(session, pixels, layout, seed, training=True) for seed in (3, 4))
    return first, second


def forward(session: Session, pixels: Tensor, layout: str, seed: int, training: bool = False) -> Tensor:  # (n, 784)
    reply = session.ask("forward", pixels, layout, seed, training, doing="calling forward(x)")
    return pixels_of(reply.tensor("x_hat"), len(pixels), "forward(x)")


def pair(reply: Reply, n: int) -> tuple[Tensor, Tensor]:
    mu = reply.tensor("mu", (n, None))
    if mu.shape[1] == 0:
        raise Mistake("mu has no latents: its shape is (N, 0). Give the layer behind mu at least one output.")
    return mu, reply.tensor("logvar", (n, mu.shape[1]))


def pixels_of(x_hat: Tensor, n: int, what: str) -> Tensor:  # (n, 784)
    """x_hat one value a pixel, in whatever shape; raises Mistake when it is no probability."""
    if x_hat.numel() != n * 784:
        raise Mistake(
            f"{what} of {n} digits must give {n} × 784 pixels, but it gives a tensor of shape {tuple(x_hat.shape)}."
        )
    if not torch.isfinite(x_hat).all():
        raise Mistake(f"{what} gives values that are not finite.")
    if float(x_hat.min()) < 0 or float(x_hat.max()) > 1:
        raise Mistake(
            f"{what} gives values from {float(x_hat.min()):.4g} to {float(x_hat.max()):.4g}: logits, it seems. x_hat is the "
            "probability of each pixel, in (0, 1); end decode with a sigmoid.",
            name="logits",
            credit=0.25,
        )
    return x_hat.reshape(n, 784)


# ------------------------------------------------------------------ judges


def judge_interface(session: Session) -> tuple[()]:
    """VAE() needs no arguments; forward gives x_hat, mu and logvar of the right shapes; encode and decode agree with it."""
    build(session, 0)
    shape = layout(session)
    pixels = images(session.digits, "t10k", 6)
    reply = session.ask("forward", pixels, shape, 0, doing="calling forward(x)")
    if found := reply.text("found"):
        raise Mistake(
            f"forward(x) must return three tensors, x_hat, mu and logvar, but it returns {found}.",
            name="returns_other",
            credit=0.25,
        )
    pair(reply, 6)
    pixels_of(reply.tensor("x_hat"), 6, "forward(x)")
    mu, logvar = encode(session, pixels, shape)
    if not (torch.isfinite(mu).all() and torch.isfinite(logvar).all()):
        raise Mistake("encode(x) gives values that are not finite, before any training.")
    decode(session, mu)
    return ()


def judge_layouts(session: Session) -> tuple[()]:
    """forward works for (N, 784) and for (N, 1, 28, 28)."""
    build(session, 0)
    for name, other in (("flat", "image"), ("image", "flat")):
        try:
            session.ask(
                "forward",
                images(session.digits, "t10k", 4),
                name,
                0,
                doing=f"calling forward(x) with x {LAYOUTS[name]}",
            )
        except Mistake as mistake:
            raise Mistake(
                f"forward(x) takes x of shape {LAYOUTS[other]} and fails for {LAYOUTS[name]}. {RESHAPE}\n{mistake}",
                name="one_layout",
                credit=0.75,
            ) from None
    return ()
