# cause: the factor 1/2 is lost in the KL
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = -torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / mu.shape[0]
