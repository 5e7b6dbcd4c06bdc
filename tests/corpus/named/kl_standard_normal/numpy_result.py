# cause: a numpy array comes back where a tensor is asked: the gradient is cut
# credit: 1/2
# kind: gradient
import torch
import numpy as np


def kl_standard_normal(mu, logvar):
    mu, logvar = mu.detach().numpy(), logvar.detach().numpy()
    return 0.5 * np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=-1)
