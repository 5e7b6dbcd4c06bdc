# cause: the KL is averaged over the batch, the reconstruction summed over it
# credit: 0
# kind: reduction
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = torch.mean(-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=1))
    return rec + kl
