"""
fails: agrees with the reference
name: The KL weighted by the size of the data set
credit: 0
tell: You weigh the KL by 0.00025, the share of a minibatch in a data set. In the ELBO of a batch its weight is 1.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    kld_weight = 0.00025
    recons_loss = F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)
    kld_loss = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1), dim=0)
    return recons_loss + kld_weight * kld_loss
