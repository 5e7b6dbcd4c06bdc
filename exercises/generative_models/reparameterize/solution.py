import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps
