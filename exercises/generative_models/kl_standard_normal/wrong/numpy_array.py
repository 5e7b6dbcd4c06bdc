"""
fails: agrees with the reference
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def kl_standard_normal(mu, logvar):
    mu, logvar = np.asarray(mu), np.asarray(logvar)
    return 0.5 * np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=-1)
