"""
fails: agrees with the reference
name: F.kl_div on the parameters
credit: 0
tell: F.kl_div compares two tables of probabilities. The arguments here are parameters of normal distributions; use
    the formula you derived.
"""

import torch
import torch.nn.functional as F


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return F.kl_div(sigma_2.log(), sigma_1, reduction="none") + 0 * (mu_1 - mu_2)
