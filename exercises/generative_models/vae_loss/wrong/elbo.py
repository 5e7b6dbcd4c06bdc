"""
fails: agrees with the reference
name: The ELBO in place of the negative ELBO
credit: 0
tell: You return the ELBO, which is to be maximised. A loss is minimised: return the negative ELBO.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    log_likelihood = -F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (log_likelihood - kl) / len(x)
