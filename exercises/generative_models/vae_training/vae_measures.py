"""What a trained VAE is judged by: numbers of returned tensors, by the oracles. Images are (n, 784) in [0, 1]; nats."""

import torch
from torch import Tensor

from reference.gaussian import kl_standard_normal
from reference.vae import reconstruction_loss

EDGE = 1e-6  # float32 sigmoids reach 0 and 1 exactly, where one grey pixel would cost infinitely much


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


def largest_moment(mu: Tensor, logvar: Tensor) -> float:
    """E[z²] of the aggregate posterior in the latent where it is largest."""
    return float((mu**2 + logvar.exp()).mean(0).max())


def contrast(samples: Tensor) -> float:
    """Standard deviation between samples, averaged over the pixels; 0 when all are the same image."""
    return float(samples.std(0).mean())


def smoothness(samples: Tensor) -> float:
    """Correlation of neighbouring pixels (n, 784); 0 for noise, about 0.85 for digits."""
    images = samples.reshape(-1, 28, 28)
    centred = images - images.mean()
    right = (centred[:, :, 1:] * centred[:, :, :-1]).mean()
    return float(right / (centred**2).mean().clamp(min=1e-12))
