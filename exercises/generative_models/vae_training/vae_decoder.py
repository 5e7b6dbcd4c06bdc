"""encode and decode must be functions of what they are given: of each row by itself, with the weights that learn."""

import torch
from torch import Tensor
from vae_output import decode, latents
from vae_pieces import Layouts, encode

from autograder.checks import Mistake, Session, images

SAME = 1e-5  # of values in (0, 1)
MIXED = 0.01  # of what the rows differ by among themselves
PLACES = {"encode": "encode(x)", "decode": "decode(z)", "forward": "forward(x)"}


def judge_functions(session: Session, shapes: Layouts, d: int) -> None:
    """Layers are made once; decode draws nothing, uses z, and each row depends on its own z or x alone."""
    pixels = images(session.digits, "t10k", 64)
    layers_made(session, pixels, shapes, d)
    a, b = latents(d), latents(d).roll(1, 0) * 1.5
    draws_nothing(session, a, b)
    if session.ask("batch_statistics", doing="looking into your VAE").number("used"):
        return  # what it does to a batch is meant
    rows(torch.stack([decode(session, z)[:32] for z in (a, torch.cat([a[:32], b[32:]]))]), "decode(z)", "image")
    others = pixels.roll(1, 0)
    q = [torch.cat(encode(session, x, shapes.encode), 1) for x in (pixels, torch.cat([pixels[:32], others[32:]]))]
    rows(torch.stack([each[:32] for each in q]), "encode(x)", "mu and logvar")


def layers_made(session: Session, pixels: Tensor, shapes: Layouts, d: int) -> None:
    z = latents(d)
    reply = session.ask("made", pixels, shapes.forward, shapes.encode, z, doing="calling VAE's methods twice")
    for name, place in PLACES.items():
        made = reply.values.get(name)
        if isinstance(made, list) and made:
            raise Mistake(
                f"{place} makes a new layer each time it is called, {str(made[0])[:120]}: its weights are random again at every "
                "call, and no optimiser knows them. Make each layer once, in __init__, and assign it to self.",
                name="layer_made_in_call",
                credit=0.25,
            )


def draws_nothing(session: Session, a: Tensor, b: Tensor) -> None:
    """The same z gives the same image (a dropout may differ), another z another one."""
    of_a, again, of_b = decode(session, a), decode(session, a, seed=1), decode(session, b)
    uses_z = apart(of_a, of_b) > SAME
    noise = session.ask("drawn", a, doing="calling decode(z)").values.get("noise") if apart(of_a, again) > SAME else []
    if isinstance(noise, list) and noise:
        weights(noise, len(a))
        lost = "" if uses_z else " It does not depend on the z it is given at all: what encode found is thrown away."
        raise Mistake(
            f"decode draws random numbers of its own: the same z gives another image at the next call.{lost} z is drawn in "
            "forward, from mu and logvar; decode must use the z it is given, and no noise.",
            name="decoder_draws_z",
            credit=0.25,
        )
    if not uses_z:
        raise Mistake(
            "decode(z) gives the same images whatever z is. It must compute x_hat from the z it is given.",
            name="z_unused",
            credit=0.25,
        )


def weights(noise: list[list[int]], n: int) -> None:
    """Noise that has no row for each z is no z."""
    for shape in noise:
        if isinstance(shape, list) and len(shape) > 1 and shape[0] not in (1, n):
            raise Mistake(
                f"decode draws new weights of shape {tuple(shape)} each time it is called, and no optimiser knows them. Make "
                "each layer once, in __init__, and assign it to self.",
                name="layer_made_in_call",
                credit=0.25,
            )


def rows(values: Tensor, what: str, gives: str) -> None:
    """``values`` (2, 32, ...): the same 32 rows, once beside 32 others and once beside yet others."""
    if apart(*values) < max(1e-6, MIXED * float((values[0] - values[0].mean(0)).abs().max())):
        return
    same = float((values[0] - values[0, :1]).abs().max()) < SAME
    how = (
        f"every row gets the same {gives}, as the mean over the batch does"
        if same
        else f"the same row gets another {gives} (by {apart(*values):.4g}), as a mean, a sum or a softmax over the batch does"
    )
    raise Mistake(
        f"In {what} the rows of a batch are mixed: when the other rows change, {how}. Each digit is to be treated by itself; "
        "look for an operation along axis 0 (mean(0), sum(0), softmax(dim=0), a mean without an axis).",
        name="batch_mixed",
        credit=0.25,
    )


def apart(a: Tensor, b: Tensor) -> float:
    return float((a - b).abs().max()) if a.shape == b.shape else 1.0
