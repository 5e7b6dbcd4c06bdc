import torch


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    raise NotImplementedError("Your answer goes here.")
