"""
fails: agrees with the reference
name: The factor 1/2 lost on part of the KL
credit: 0
tell: In the KL the factor ½ stands on some terms only: it is ½ (mu² + sigma² - 1) - log sigma.
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    sigma = torch.exp(logvar / 2)
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = torch.sum(sigma**2 + mu**2 - torch.log(sigma) - 1 / 2)
    return (reconstruction + kl) / len(x)
