"""What a trained VAE is judged by: numbers of returned tensors, by the oracles. Images are (n, 784) in [0, 1]; nats."""

from dataclasses import dataclass

import torch
from torch import Tensor

from reference.gaussian import kl_standard_normal
from reference.vae import reconstruction_loss

EDGE = 1e-6  # float32 sigmoids reach 0 and 1 exactly, where one grey pixel would cost infinitely much


@dataclass(frozen=True)
class Trained:
    """What came back from a model: of the held-out digits, and of draws from the prior. Images are (n, 784)."""

    mu: Tensor
    logvar: Tensor
    x_hat: Tensor  # decoded from one draw of z a digit
    x_mean: Tensor  # decoded from mu
    x_prior: Tensor  # decoded from z ~ N(0, I)
    x_forward: Tensor  # what forward returned, with the student's own sampling


@dataclass(frozen=True)
class Measures:
    """The numbers a verdict is made of."""

    elbo: float  # of held-out digits, after training
    start: float  # the same before
    constant: float  # the same of the best constant image
    kl: float  # mean KL of the held-out digits
    nearer: float  # how often a reconstruction is nearer to its own digit than to another one
    moment: float  # E[z²] of the aggregate posterior
    sampling: float  # nats by which forward reconstructs better than decode(z) with z drawn by us
    contrast: float  # between prior samples
    smoothness: float  # of prior samples
    lowest_mu: float
    lowest_logvar: float


def measured(x: Tensor, before: Trained, after: Trained, constant: float) -> Measures:
    """``x`` (n, 784) are the held-out digits; ``constant`` is ``constant_image`` of them."""
    return Measures(
        elbo=elbo(after.x_hat, x, after.mu, after.logvar),
        start=elbo(before.x_hat, x, before.mu, before.logvar),
        constant=constant,
        kl=float(kl_standard_normal(after.mu, after.logvar).mean()),
        nearer=nearer_to_own(after.x_mean, x),
        moment=second_moment(after.mu, after.logvar),
        sampling=float((reconstruction(after.x_hat, x) - reconstruction(after.x_forward, x)).mean()),
        contrast=contrast(after.x_prior),
        smoothness=smoothness(after.x_prior),
        lowest_mu=float(after.mu.min()),
        lowest_logvar=float(after.logvar.min()),
    )


def reconstruction(x_hat: Tensor, x: Tensor) -> Tensor:  # (n,)
    """Cross-entropy of each digit; x_hat is kept 1e-6 away from 0 and 1, NaN stays NaN."""
    return reconstruction_loss(x_hat.clamp(EDGE, 1 - EDGE), x)


def elbo(x_hat: Tensor, x: Tensor, mu: Tensor, logvar: Tensor) -> float:
    """Mean over the digits of -reconstruction - KL, with x_hat decoded from one draw of z a digit."""
    return float((-reconstruction(x_hat, x) - kl_standard_normal(mu, logvar)).mean())


def constant_image(train: Tensor, test: Tensor) -> float:
    """The ELBO of the best model without a latent: every digit is reconstructed as the mean image, at KL = 0."""
    return -float(reconstruction(train.mean(0).expand_as(test), test).mean())


def nearer_to_own(x_hat: Tensor, x: Tensor) -> float:
    """How often a reconstruction is nearer to its own digit than to another one; 1/2 by chance."""
    distance = torch.cdist(x_hat, x)  # (n, n)
    own = distance.diagonal()
    n = len(x)
    return float((own.unsqueeze(1) < distance).sum()) / (n * (n - 1))


def second_moment(mu: Tensor, logvar: Tensor) -> float:
    """E[z²] of the aggregate posterior, averaged over the latents; 1 for N(0, 1)."""
    return float((mu**2 + logvar.exp()).mean())


def contrast(samples: Tensor) -> float:
    """Standard deviation between samples, averaged over the pixels; 0 when all are the same image."""
    return float(samples.std(0).mean())


def smoothness(samples: Tensor) -> float:
    """Correlation of neighbouring pixels (n, 784); 0 for noise, about 0.85 for digits."""
    images = samples.reshape(-1, 28, 28)
    centred = images - images.mean()
    right = (centred[:, :, 1:] * centred[:, :, :-1]).mean()
    return float(right / (centred**2).mean().clamp(min=1e-12))
