# cause: an arbitrary KL weight of 0.005 is left in
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F

kld_weight = 0.005


def vae_loss(x_hat, x, mu, logvar):
    recons = F.binary_cross_entropy(x_hat, x, reduction="sum") / len(x)
    kld = torch.mean(-0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp(), dim=1), dim=0)
    return recons + kld_weight * kld
