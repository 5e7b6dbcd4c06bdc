"""
fails: agrees with the reference
name: The KL subtracted
credit: 0
tell: You subtract the KL. In the negative ELBO it is added: -E_q[log p(x|z)] + KL(q‖p).
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)
    kl = 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar) / len(x)
    return reconstruction - kl
