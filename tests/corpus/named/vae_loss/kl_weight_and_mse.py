# cause: two mistakes: the squared error stands where the cross-entropy belongs; an arbitrary KL weight of 0.00025
# credit: 0
# kind: two
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    recons = F.mse_loss(x_hat, x, reduction="sum") / x.shape[0]
    kld = torch.mean(-0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp(), dim=1), dim=0)
    return recons + 0.00025 * kld
