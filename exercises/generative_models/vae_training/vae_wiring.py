"""How a VAE is put together, before it is trained: how z is drawn, where gradients pass, what reaches the decoder."""

import torch
from torch import Tensor, linspace, stack, tensor
from vae_pieces import build, encode, layout, own_draws

from autograder.checks import Mistake, Session, images

BLOCKS = (-4.0, -2.0, 0.0, 1.0)  # log variances at which the sampler is watched
DRAWS = 4_000  # values a block: their standard deviation is known to 1.1 %
KNOWN_SPREADS = {  # what the standard deviation is in place of exp(logvar/2): slug, how it is said, how it is computed
    "spread_exp_logvar": ("exp(logvar), the variance", torch.exp),
    "spread_exp_halved": ("exp(logvar)/2; the half belongs into the exponent", lambda v: v.exp() / 2),
}


def judge_wiring(session: Session) -> tuple[()]:
    """z is drawn from N(mu, exp(logvar)), gradients pass it, and it is all that the decoder sees."""
    build(session, 0)
    shape = layout(session)
    pixels = images(session.digits, "t10k", 64)
    mu, logvar = encode(session, pixels, shape)
    if torch.equal(mu, logvar) and float(mu.std()) > 0:  # heads that begin at zero give the same numbers as well
        raise Mistake(
            "mu and logvar are the same numbers: one layer gives both. They need a layer each (or one with twice the outputs).",
            name="shared_head",
            credit=0.5,
        )
    leak(session, pixels, shape, mu)
    draws(session, pixels, shape)
    spread(session, pixels, shape, mu.shape[1])
    gradients(session, pixels, shape)
    return ()


def spread(session: Session, pixels: Tensor, shape: str, d: int) -> None:
    """Watches z on its way from an encode that returns what we choose; says nothing where forward does not use encode."""
    rows = -(-DRAWS // d)
    mu = linspace(-1, 1, rows).unsqueeze(1).expand(rows, d).contiguous()
    measured = []
    for value in BLOCKS:
        logvar = torch.full((rows, d), value)
        x = pixels[:1].expand(rows, 784).contiguous()
        reply = session.ask("watch", x, shape, mu, logvar, 5, doing="calling forward(x)")
        if reply.number("calls") != 1:
            return
        residual = reply.tensor("z", (rows, d)) - mu
        measured.append(stack([residual.mean(), residual.std()]))
    mean, std = stack(measured).T
    right = (tensor(BLOCKS) / 2).exp()
    if ((mean / right).abs() < 0.15).all() and near(std, right):
        return
    slug, why = "wrong_spread", ""
    for known, (said, f) in KNOWN_SPREADS.items():
        if near(std, f(tensor(BLOCKS))):
            slug, why = known, f" It is {said}."
    if ((mean / std) > 1).all():
        slug, why = "uniform_noise", " All noise is positive: rand_like is uniform on (0, 1), randn_like is N(0, 1)."
    table = "\n".join(
        f"logvar = {v:g}: z - mu has mean {m:.4g} and standard deviation {s:.4g}; expected 0 and {e:.4g}"
        for v, m, s, e in zip(BLOCKS, mean.tolist(), std.tolist(), right.tolist(), strict=True)
    )
    raise Mistake(
        f"z is drawn with the wrong spread: its standard deviation must be exp(logvar/2).{why}",
        name=slug,
        credit=0.5,
        counterexample=table,
    )


def near(std: Tensor, expected: Tensor) -> bool:
    """Within 12 %, ten times what chance does to a standard deviation of 4,000 values."""
    return bool(((std / expected).log().abs() < 0.12).all())


def draws(session: Session, pixels: Tensor, shape: str) -> None:
    """forward of one digit many times over must give another image each time."""
    copies = pixels[:1].expand(32, 784).contiguous()
    first, second = own_draws(session, copies, shape)
    if torch.equal(first, second):
        raise Mistake(
            "forward(x) gives the same image every time: nothing random enters z, or decode does not use z. Draw eps ~ N(0, I) "
            "and decode z = mu + exp(logvar/2)·eps.",
            name="no_noise",
            credit=0.5,
        )
    if float((first - first[:1]).abs().max()) < 1e-6:
        raise Mistake(
            "The whole batch shares one eps. Draw it with torch.randn_like(mu), so that every digit has its own.",
            name="shared_noise",
            credit=0.5,
        )


def gradients(session: Session, pixels: Tensor, shape: str) -> None:
    """The reconstruction's gradient must come through z to mu and to logvar, and no weight may be frozen."""
    reply = session.ask("gradients", pixels, shape, 0, doing="following the gradients of vae_loss")
    if frozen := reply.names("frozen"):
        raise Mistake(
            f"{frozen[0]} does not learn: requires_grad is off, or it is computed under no_grad or detached.",
            name="frozen_head",
            credit=0.5,
        )
    for name in ("mu", "logvar"):
        onwards, from_x_hat = reply.tensor(f"{name}_to"), reply.tensor("x_hat_to")
        unreached = bool(((onwards > 0) & (from_x_hat == 0)).any())
        if float(reply.tensor(f"to_{name}").sum()) == 0 and unreached:
            raise Mistake(
                f"No gradient comes from x_hat back to {name}: it is cut where z is drawn. Draw eps = torch.randn_like(mu) and "
                "compute z = mu + exp(logvar/2)·eps; Normal(...).sample(), torch.normal and detach() let nothing through.",
                name="gradient_cut",
                credit=0.5,
            )


def leak(session: Session, pixels: Tensor, shape: str, mu: Tensor) -> None:
    """decode(z) must not depend on which digits were encoded before, nor forward on anything but z."""
    reply = session.ask("leak", pixels[:32], pixels[32:], shape, mu[:32], doing="calling decode(z)")
    after_a, after_b, again = (reply.tensor(key) for key in ("after_a", "after_b", "again"))
    apart = float((after_a - after_b).abs().max()) if after_a.shape == after_b.shape else 1.0
    noise = float((after_b - again).abs().max()) if after_b.shape == again.shape else 1.0
    past_z = (
        float((reply.tensor("forward_a") - reply.tensor("forward_b")).abs().max())
        if reply.number("calls") == 2
        else 0.0
    )
    if max(apart - noise, past_z) > 1e-4:
        raise Mistake(
            "Something of x reaches the decoder past z: the same z gives another image when other digits were encoded. "
            "Then z need not hold anything. decode may use z and its own weights only.",
            name="leaks_past_z",
            credit=0.25,
        )
