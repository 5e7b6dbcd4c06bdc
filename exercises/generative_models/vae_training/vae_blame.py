"""Why a training went wrong: what vae_loss counts, and with what weight."""

import torch
from torch import Tensor

from autograder.checks import Mistake, Reply, Session, images
from reference.gaussian import kl_standard_normal
from reference.vae import reconstruction_loss


def loss_weights(session: Session, layout: str) -> tuple[float, float, list[float]]:
    """The weights (a, b) with which vae_loss counts reconstruction and KL, a·R + b·KL, from its differences; and the sizes of its
    gradient in x_hat, mu and logvar."""
    pixels = images(session.digits, "t10k", 8)
    x = pixels.float() / 255
    generator = torch.Generator().manual_seed(4)
    near, far = 0.1 + 0.8 * x, 0.3 + 0.4 * torch.rand(x.shape, generator=generator)
    small, large = 0.1 * torch.randn(8, 4, generator=generator), 2 * torch.randn(8, 4, generator=generator)

    def ask(x_hat: Tensor, mu: Tensor) -> Reply:
        return session.ask("loss", pixels, layout, x_hat, mu, -mu.abs(), doing="calling vae_loss")

    def value(x_hat: Tensor, mu: Tensor) -> float:
        return float(ask(x_hat, mu).tensor("loss").mean())

    def kl(mu: Tensor) -> float:
        return float(kl_standard_normal(mu, -mu.abs()).mean())

    start = value(near, small)
    a = (value(far, small) - start) / float((reconstruction_loss(far, x) - reconstruction_loss(near, x)).mean())
    b = (value(near, large) - start) / (kl(large) - kl(small))
    return a, b, ask(near, large).tensor("slopes", (3,)).tolist()


def blame_loss(session: Session, layout: str, moment: float, nearer: float) -> None:
    """Raises the Mistake in vae_loss that explains a model which collapsed or spread out; returns if there is none."""
    a, b, slopes = loss_weights(session, layout)
    if a < 0 or b < 0:
        raise Mistake(
            f"vae_loss falls when the {'reconstruction' if a < 0 else 'KL'} gets worse: a sign is turned round. It is the "
            "negative ELBO, and both of its terms add.",
            name="sign_turned",
            credit=0.5,
        )
    if abs(b) < 1e-3 * abs(a):
        raise Mistake(
            f"vae_loss does not count the KL. The digits are encoded far from the prior (E[z²] is {moment:.4g}, and N(0, 1) "
            "has 1), so that z ~ N(0, I) falls where the decoder learned nothing.",
            name="kl_forgotten",
            credit=0.5,
        )
    if abs(a) > 1e-5 * abs(b):
        blame_slopes(slopes)
    if abs(a) < 1e-5 * abs(b):
        raise Mistake(
            f"vae_loss counts the KL only. Nothing tells the decoder what to draw: {nearer:.0%} of its reconstructions are "
            "nearer to their own digit than to another one, as by chance.",
            name="kl_only",
            credit=0.5,
        )
    if b > 8 * a:
        raise Mistake(
            f"vae_loss counts the KL {b / a:.4g} times as much as the reconstruction: a mean over the pixels stands where the "
            "sum is meant. The model gives z up, and every digit comes out as the mean digit.",
            name="mean_for_sum",
            credit=0.5,
        )


def blame_slopes(slopes: list[float]) -> None:
    """A term that is counted must be learned from."""
    for term, slope in (("reconstruction", slopes[0]), ("KL", slopes[1] + slopes[2])):
        if slope == 0:
            raise Mistake(
                f"vae_loss counts the {term}, but no gradient of it comes back: it is cut off by detach(), item(), data or "
                "no_grad, so that nothing learns from it.",
                name="loss_detached",
                credit=0.25,
            )
