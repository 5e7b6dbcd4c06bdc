"""
fails: agrees with the reference
name: KL the wrong way round
credit: 0
tell: You return KL(p‖q), from the prior to q. In KL(q‖p) the expectation is under q, and the variance 1 of p is the
    denominator.
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * torch.sum(logvar + (1 + mu**2) / logvar.exp() - 1, dim=-1)
