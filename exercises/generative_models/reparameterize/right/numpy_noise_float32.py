"""numpy's noise in the dtype of mu."""

import numpy as np
import torch


def reparameterize(mu, logvar):
    eps = torch.from_numpy(np.random.normal(size=tuple(mu.shape))).to(mu)
    return mu + torch.exp(0.5 * logvar) * eps
