"""How a VAE is put together, before it is trained: how z is drawn, where gradients pass, what reaches the decoder."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, linspace, stack, tensor
from vae_agreement import judge_agreement
from vae_decoder import judge_functions
from vae_gradients import judge_gradients
from vae_pieces import build, encode, layouts, own_draws, with_loss

from autograder.checks import Mistake, Session, images

BLOCKS = (-4.0, -2.0, 0.0, 1.0)  # log variances at which the sampler is watched
DRAWS = 4_000  # values a block: their standard deviation is known to 1.1 %
UNIFORM = 12**-0.5  # standard deviation of rand_like
Spread = Callable[[Tensor], Tensor]
KNOWN_SPREADS: tuple[
    tuple[str, str, Spread], ...
] = (  # in place of exp(logvar/2): slug, how it is said, how it is computed
    ("spread_exp_logvar", "exp(logvar), the variance", torch.exp),
    ("spread_exp_halved", "exp(logvar)/2; the half belongs into the exponent", lambda v: v.exp() / 2),
    ("spread_logvar", "logvar itself, taken for the standard deviation; exp(logvar/2) is missing", torch.abs),
    ("spread_logvar", "logvar/2, log sigma, taken for sigma; the exp is missing", lambda v: v.abs() / 2),
    ("wrong_spread", "1, whatever logvar is: logvar is not used", torch.ones_like),
    ("wrong_spread", "exp(-logvar/2); the sign in the exponent is turned round", lambda v: (-v / 2).exp()),
    ("wrong_spread", "exp(2·logvar)", lambda v: (2 * v).exp()),
    ("uniform_noise", "that of uniform noise, rand_like; randn_like is N(0, 1)", lambda v: (v / 2).exp() * UNIFORM),
    ("uniform_noise", "that of uniform noise on (-1, 1); randn_like is N(0, 1)", lambda v: (v / 2).exp() * 2 * UNIFORM),
)


def judge_wiring(session: Session) -> tuple[()]:
    """z is drawn from N(mu, exp(logvar)), gradients pass it, and it is all that the decoder sees."""
    build(session, 0)
    session.ask("nudge", 0, doing="looking into your VAE")
    shapes = layouts(session)
    pixels = images(session.digits, "t10k", 64)
    mu, logvar = encode(session, pixels, shapes.encode)
    if torch.equal(mu, logvar):
        raise Mistake(
            "mu and logvar are the same numbers: one layer gives both. They need a layer each (or one with twice the outputs).",
            name="shared_head",
            credit=0.5,
        )
    leak(session, pixels, shapes.forward, mu)
    judge_functions(session, shapes, mu.shape[1])
    judge_agreement(session, shapes)
    draws(session, pixels, shapes.forward)
    spread(session, pixels, shapes.forward, mu.shape[1])
    judge_gradients(session, pixels, with_loss(session, shapes))
    return ()


@dataclass(frozen=True)
class Drawn:
    """How z came out at each of BLOCKS: the mean and standard deviation of z - mu, and of z itself; the slope of z over mu."""

    mean: Tensor
    std: Tensor
    own_mean: Tensor
    own_std: Tensor
    slope: Tensor


def spread(session: Session, pixels: Tensor, shape: str, d: int) -> None:
    """Watches z on its way from an encode that returns what we choose; says nothing where forward does not use encode."""
    drawn = watched(session, pixels, shape, d)
    right = (tensor(BLOCKS) / 2).exp()
    if drawn is None or (((drawn.mean / right).abs() < 0.15).all() and near(drawn.std, right)):
        return
    slug, why = explained(drawn)
    table = "\n".join(
        f"logvar = {v:g}: z - mu has mean {m:.4g} and standard deviation {s:.4g}; expected 0 and {e:.4g}"
        for v, m, s, e in zip(BLOCKS, drawn.mean.tolist(), drawn.std.tolist(), right.tolist(), strict=True)
    )
    raise Mistake(
        f"z is not drawn from N(mu, exp(logvar)): z - mu must have the standard deviation exp(logvar/2).{why}",
        name=slug,
        credit=0.5,
        counterexample=table,
    )


def watched(session: Session, pixels: Tensor, shape: str, d: int) -> Drawn | None:
    rows = -(-DRAWS // d)
    mu = linspace(-1, 1, rows).unsqueeze(1).expand(rows, d).contiguous()
    measured = []
    for value in BLOCKS:
        logvar = torch.full((rows, d), value)
        x = pixels[:1].expand(rows, 784).contiguous()
        reply = session.ask("watch", x, shape, mu, logvar, 5, doing="calling forward(x)")
        if reply.number("calls") != 1:
            return None
        z = reply.tensor("z", (rows, d))
        slope = (z * mu).mean() / (mu * mu).mean()
        measured.append(stack([(z - mu).mean(), (z - mu).std(), z.mean(), z.std(), slope]))
    return Drawn(*stack(measured).T)


def explained(z: Drawn) -> tuple[str, str]:
    """The slug of what stands in place of the standard deviation, or of mu, and how it is said."""
    v = tensor(BLOCKS)
    if ((z.own_mean - v).abs() < 0.3).all():
        return "heads_swapped", " mu and logvar are swapped: z lies about logvar, with a spread that follows mu."
    if (z.slope.abs() < 0.2 * (1 + z.own_std)).all():
        if near(z.own_std, torch.ones_like(v)):
            return "prior_drawn", " z is noise from N(0, 1), whatever encode gives: mu and logvar are not used."
        return "mu_unused", " mu is not used: z does not move with it."
    if near(z.std, (v / 2).exp() * UNIFORM) and near(z.mean, (v / 2).exp() / 2):
        return "uniform_noise", " All noise is positive: rand_like is uniform on (0, 1), randn_like is N(0, 1)."
    for slug, said, f in KNOWN_SPREADS:
        if near(z.std, f(v)):
            return slug, f" It is {said}."
    return "wrong_spread", ""


def near(std: Tensor, expected: Tensor) -> bool:
    """Within 12 %, ten times what chance does to a standard deviation of 4,000 values."""
    return bool(((std - expected).abs() <= 0.12 * expected.abs() + 1e-6).all())


def draws(session: Session, pixels: Tensor, shape: str) -> None:
    """forward of one digit many times over must give another image each time."""
    copies = pixels[:1].expand(32, 784).contiguous()
    first, second = own_draws(session, copies, shape)
    if torch.equal(first, second):
        raise Mistake(
            "forward(x) gives the same image every time: nothing random enters z. Draw eps ~ N(0, I) and decode "
            "z = mu + exp(logvar/2)·eps.",
            name="no_noise",
            credit=0.5,
        )
    if float((first - first[:1]).abs().max()) < 1e-6:
        raise Mistake(
            "The whole batch shares one eps. Draw it with torch.randn_like(mu), so that every digit has its own.",
            name="shared_noise",
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
