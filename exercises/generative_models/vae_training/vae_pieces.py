"""The pieces of a VAE before anything is trained: what they take and give, and what reaches what."""

import torch
from torch import Tensor, linspace, stack, tensor

from autograder.checks.trains import Reply, Session
from autograder.datasets import images
from autograder.errors import Mistake
from reference.gaussian import kl_standard_normal
from reference.vae import reconstruction_loss

LAYOUTS = {"flat": "(N, 784)", "image": "(N, 1, 28, 28)"}
RESHAPE = "Inside encode, x.reshape(len(x), -1) or x.reshape(-1, 1, 28, 28) makes of either what your layers need."
BLOCKS = (-4.0, -2.0, 0.0, 1.0)  # log variances at which the sampler is watched
DRAWS = 4_000  # values a block: their standard deviation is known to 1.1 %
KNOWN_SPREADS = {  # what the standard deviation is in place of exp(logvar/2): slug, how it is said, how it is computed
    "spread_exp_logvar": ("exp(logvar), the variance", torch.exp),
    "spread_exp_halved": ("exp(logvar)/2; the half belongs into the exponent", lambda v: v.exp() / 2),
}


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
    unseen = reply.names("loose")
    if reply.number("parameters") == 0 or unseen:
        where = f" self.{unseen[0]} holds layers that PyTorch does not see." if unseen else ""
        raise Mistake(
            f"VAE() has {reply.number('parameters'):.0f} parameters that an optimiser can find.{where} Assign each layer to self "
            "in __init__, and keep lists of layers in nn.ModuleList or nn.Sequential.",
            name="not_registered" if unseen else "",
            credit=0.25 if unseen else None,
        )
    if elsewhere := reply.names("elsewhere"):
        raise Mistake(f"After VAE().to(device), the parameter {elsewhere[0]} is on another device. Leave devices to .to().")
    if missing := {"encode", "decode", "forward"} - set(reply.names("methods")):
        raise Mistake(f"VAE has no method {' and no '.join(sorted(missing))}. Give it encode(x), decode(z) and forward(x).")
    return reply.text("device")


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


def own_draw(session: Session, pixels: Tensor, layout: str) -> Tensor:  # (n, 784)
    """x_hat of forward, with z drawn by the student; in training mode where evaluation mode draws nothing."""
    doing, n = "calling forward(x)", len(pixels)
    first, second = (
        pixels_of(session.ask("forward", pixels, layout, seed, doing=doing).tensor("x_hat"), n, "forward(x)") for seed in (3, 4)
    )
    if torch.equal(first, second):
        reply = session.ask("forward", pixels, layout, 3, True, doing=doing)
        return pixels_of(reply.tensor("x_hat"), n, "forward(x)")
    return first


def pair(reply: Reply, n: int) -> tuple[Tensor, Tensor]:
    mu = reply.tensor("mu", (n, None))
    return mu, reply.tensor("logvar", (n, mu.shape[1]))


def pixels_of(x_hat: Tensor, n: int, what: str) -> Tensor:  # (n, 784)
    """x_hat one value a pixel, in whatever shape; raises Mistake when it is no probability."""
    if x_hat.numel() != n * 784:
        raise Mistake(f"{what} of {n} digits must give {n} × 784 pixels, but it gives a tensor of shape {tuple(x_hat.shape)}.")
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
        raise Mistake(f"forward(x) must return three tensors, x_hat, mu and logvar, but it returns {found}.", name="returns_other", credit=0.25)
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
            session.ask("forward", images(session.digits, "t10k", 4), name, 0, doing=f"calling forward(x) with x {LAYOUTS[name]}")
        except Mistake as mistake:
            raise Mistake(
                f"forward(x) takes x of shape {LAYOUTS[other]} and fails for {LAYOUTS[name]}. {RESHAPE}\n{mistake}",
                name="one_layout",
                credit=0.75,
            ) from None
    return ()


def judge_wiring(session: Session) -> tuple[()]:
    """z is drawn from N(mu, exp(logvar)), gradients pass it, and it is all that the decoder sees."""
    build(session, 0)
    shape = layout(session)
    pixels = images(session.digits, "t10k", 64)
    mu, logvar = encode(session, pixels, shape)
    if torch.equal(mu, logvar):
        raise Mistake(
            "mu and logvar are the same numbers: one layer gives both. They need a layer each (or one with twice the outputs).",
            name="shared_head",
            credit=0.5,
        )
    spread(session, pixels, shape, mu.shape[1])
    gradients(session, pixels, shape)
    leak(session, pixels, shape, mu)
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
        check_shared(residual)
        measured.append(stack([residual.mean(), residual.std()]))
    mean, std = stack(measured).T
    right = (tensor(BLOCKS) / 2).exp()
    if ((mean / right).abs() < 0.15).all() and near(std, right):
        return
    if (std < 1e-6).all():
        raise Mistake(
            "z is mu itself: nothing random enters. z = mu + exp(logvar/2)·eps with eps ~ N(0, I).", name="no_noise", credit=0.5
        )
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


def check_shared(residual: Tensor) -> None:
    """Every element needs noise of its own; one eps for the batch repeats it in every row."""
    same_rows = len(residual) > 1 and bool((residual - residual[:1]).abs().max() < 1e-4)
    if same_rows and float(residual.abs().max()) > 1e-4:
        raise Mistake(
            "The whole batch shares one eps. Draw it with torch.randn_like(mu), so that every digit has its own.",
            name="shared_noise",
            credit=0.5,
        )


def gradients(session: Session, pixels: Tensor, shape: str) -> None:
    """The reconstruction's gradient must come through z to mu and to logvar, and no weight may be frozen."""
    try:
        reply = session.ask("gradients", pixels, shape, 0, doing="following the gradients of vae_loss")
    except Mistake as mistake:
        if "inplace" in str(mistake):
            mistake.name, mistake.credit = "changed_in_place", 0.5
            mistake.hint = "Write h = torch.relu(h) or h = h + 1 in place of h.relu_() or h += 1: PyTorch needs the old values."
        raise
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
                f"No gradient comes from x_hat back to {name}: it is cut where z is drawn. Draw eps = torch.randn_like(mu) and compute "
                "z = mu + exp(logvar/2)·eps; Normal(...).sample(), torch.normal and detach() let nothing through.",
                name="gradient_cut",
                credit=0.5,
            )


def leak(session: Session, pixels: Tensor, shape: str, mu: Tensor) -> None:
    """decode(z) must not depend on which digits were encoded before, nor forward on anything but z."""
    reply = session.ask("leak", pixels[:32], pixels[32:], shape, mu[:32], doing="calling decode(z)")
    after_a, after_b, again = (reply.tensor(key) for key in ("after_a", "after_b", "again"))
    apart = float((after_a - after_b).abs().max()) if after_a.shape == after_b.shape else 1.0
    noise = float((after_b - again).abs().max()) if after_b.shape == again.shape else 1.0
    past_z = float((reply.tensor("forward_a") - reply.tensor("forward_b")).abs().max()) if reply.number("calls") == 2 else 0.0
    if max(apart - noise, past_z) > 1e-4:
        raise Mistake(
            "Something of x reaches the decoder past z: the same z gives another image when other digits were encoded. "
            "Then z need not hold anything. decode may use z and its own weights only.",
            name="leaks_past_z",
            credit=0.25,
        )


# ------------------------------------------------------------------ why a training went wrong


def loss_weights(session: Session, shape: str) -> tuple[float, float]:
    """The weights (a, b) with which vae_loss counts reconstruction and KL, a·R + b·KL, from its differences."""
    pixels = images(session.digits, "t10k", 8)
    x = pixels.float() / 255
    generator = torch.Generator().manual_seed(4)
    near, far = 0.1 + 0.8 * x, 0.3 + 0.4 * torch.rand(x.shape, generator=generator)
    small, large = 0.1 * torch.randn(8, 4, generator=generator), 2 * torch.randn(8, 4, generator=generator)

    def value(x_hat: Tensor, mu: Tensor) -> float:
        reply = session.ask("loss", pixels, shape, x_hat, mu, -mu.abs(), doing="calling vae_loss")
        return float(reply.tensor("loss").mean())

    def kl(mu: Tensor) -> float:
        return float(kl_standard_normal(mu, -mu.abs()).mean())

    start = value(near, small)
    a = (value(far, small) - start) / float((reconstruction_loss(far, x) - reconstruction_loss(near, x)).mean())
    b = (value(near, large) - start) / (kl(large) - kl(small))
    return a, b


def blame_loss(session: Session, shape: str, moment: float, nearer: float) -> None:
    """Raises the Mistake in vae_loss that explains a model which collapsed or spread out; returns if the loss is not to blame."""
    a, b = loss_weights(session, shape)
    if a < 0 or b < 0:
        which = "reconstruction" if a < 0 else "KL"
        raise Mistake(
            f"vae_loss falls when the {which} gets worse: a sign is turned round. It is the negative ELBO, and both of its terms add.",
            name="sign_turned",
            credit=0.5,
        )
    if abs(b) < 1e-3 * abs(a):
        raise Mistake(
            f"vae_loss does not count the KL. The digits are encoded far from the prior (E[z²] is {moment:.4g}, and N(0, 1) has 1), so "
            "that z ~ N(0, I) falls where the decoder learned nothing.",
            name="kl_forgotten",
            credit=0.5,
        )
    if abs(a) < 1e-5 * abs(b):
        raise Mistake(
            f"vae_loss counts the KL only. Nothing tells the decoder what to draw: {nearer:.0%} of its reconstructions are nearer to "
            "their own digit than to another one, as by chance.",
            name="kl_only",
            credit=0.5,
        )
    if b / a > 8:
        raise Mistake(
            f"vae_loss counts the KL {b / a:.4g} times as much as the reconstruction: a mean over the pixels stands where the sum is meant. "
            "The model gives z up, and every digit comes out as the mean digit.",
            name="mean_for_sum",
            credit=0.5,
        )
