# cause: x_hat and x are swapped in the cross-entropy
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x, x_hat, reduction="sum") / x.size(0)
    return rec - 0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp()) / x.size(0)
