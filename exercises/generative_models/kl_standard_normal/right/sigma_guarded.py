"""Through sigma, with an eps of 1e-8 in the logarithm."""

import torch


def kl_standard_normal(mu, logvar):
    sigma = torch.exp(0.5 * logvar)
    return torch.sum(0.5 * (mu**2 + sigma**2 - 1) - torch.log(sigma + 1e-8), -1)
