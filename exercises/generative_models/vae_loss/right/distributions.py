"""Bernoulli and Normal of torch.distributions."""

import torch
from torch.distributions import Bernoulli, Normal, kl_divergence


def vae_loss(x_hat, x, mu, logvar):
    log_likelihood = Bernoulli(probs=x_hat, validate_args=False).log_prob(x).flatten(1).sum(1)
    kl = kl_divergence(Normal(mu, (0.5 * logvar).exp()), Normal(0.0, 1.0)).sum(1)
    return -(log_likelihood - kl).mean()
