# cause: two mistakes: the reconstruction is averaged over the pixels; the KL is summed over the batch
# credit: 0
# kind: two
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    return F.binary_cross_entropy(x_hat, x, reduction='mean') - 0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
