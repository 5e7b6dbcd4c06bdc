"""
fails: draws from the right distribution
name: float64 noise from numpy
credit: 0.75
mistake: other_dtype
"""

import numpy as np
import torch


def reparameterize(mu, logvar):
    eps = torch.from_numpy(np.random.randn(*mu.shape))
    return mu + torch.exp(0.5 * logvar) * eps
