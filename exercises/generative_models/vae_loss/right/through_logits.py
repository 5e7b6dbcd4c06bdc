"""Through logits, with the stable version."""

import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    logits = torch.logit(x_hat)
    bce = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kld = 0.5 * (mu.square() + logvar.exp() - logvar - 1).sum()
    return (bce + kld) / x.size(0)
