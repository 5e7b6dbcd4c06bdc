"""
fails: draws from the right distribution
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def reparameterize(mu, logvar):
    mu, logvar = mu.detach().numpy(), logvar.detach().numpy()
    return mu + np.exp(logvar / 2) * np.random.randn(*mu.shape)
