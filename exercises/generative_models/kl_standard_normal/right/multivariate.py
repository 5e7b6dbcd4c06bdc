"""A multivariate normal with a diagonal covariance matrix."""

import torch
from torch.distributions import MultivariateNormal, kl_divergence


def kl_standard_normal(mu, logvar):
    q = MultivariateNormal(mu, scale_tril=torch.diag_embed(torch.exp(logvar / 2)))
    p = MultivariateNormal(torch.zeros_like(mu), scale_tril=torch.diag_embed(torch.ones_like(mu)))
    return kl_divergence(q, p)
