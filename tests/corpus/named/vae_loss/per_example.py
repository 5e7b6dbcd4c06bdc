# cause: not averaged over the batch: one value per example
# credit: 1/2
# kind: reduction
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='none').flatten(1).sum(1)
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1)
    return rec + kl
