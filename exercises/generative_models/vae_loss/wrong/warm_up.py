"""
fails: agrees with the reference
name: KL annealing built in
credit: 0
tell: Your loss depends on how often it was called before: the weight of the KL grows with a counter. The negative
    ELBO depends on the arguments alone; leave annealing to the training loop.
"""

import torch
import torch.nn.functional as F

step = 0


def vae_loss(x_hat, x, mu, logvar):
    global step
    step += 1
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + min(1.0, step / 50) * kl) / len(x)
