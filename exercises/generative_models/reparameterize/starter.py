import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    raise NotImplementedError("Your answer goes here.")
