# cause: the KL is missing
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    return F.binary_cross_entropy(x_hat, x, reduction='sum') / x.size(0)
