"""
fails: agrees with the reference
name: KL the wrong way round
credit: 0
tell: Your KL is that from the prior to q. In KL(q‖p) the expectation is under q: ½ Σ (mu² + exp(logvar) - 1 -
    logvar).
"""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(logvar + (1 + mu**2) / logvar.exp() - 1)
    return (reconstruction + kl) / len(x)
