"""
fails: agrees with the reference
name: Estimated from one draw
credit: 0
tell: You estimate the KL from one random draw, and the estimate is not the KL. There is a closed form: you simplified
    it.
"""

import torch
from torch.distributions import Normal


def kl_standard_normal(mu, logvar):
    q = Normal(mu, torch.exp(0.5 * logvar))
    p = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    z = q.rsample()
    return (q.log_prob(z) - p.log_prob(z)).sum(-1)
