"""
fails: agrees with the reference
name: Estimated from random draws
credit: 0
tell: You estimate the KL from random draws, and the estimate is not the KL. There is a closed form: you derived it.
"""

import torch
from torch.distributions import Normal


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    q, p = Normal(mu_1, sigma_1), Normal(mu_2, sigma_2)
    x = q.rsample((1000,))
    return (q.log_prob(x) - p.log_prob(x)).mean(0)
