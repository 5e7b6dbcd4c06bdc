# cause: the reconstruction is averaged over the pixels while the KL is summed
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    bce = F.binary_cross_entropy(x_hat, x)
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1).mean()
    return bce + kld
