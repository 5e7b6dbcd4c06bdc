"""
fails: draws from the right distribution
name: A draw from N(0, I)
credit: 0
tell: You return a draw from N(0, I), which depends on neither mu nor logvar. z = mu + std * eps.
"""

import torch


def reparameterize(mu, logvar):
    return torch.randn_like(mu)
