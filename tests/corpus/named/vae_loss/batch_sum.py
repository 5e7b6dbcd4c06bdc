# cause: summed over the batch instead of averaged
# credit: 1/2
# kind: reduction
import torch
from torch.nn import functional as F


def vae_loss(x_hat, x, mu, logvar):
    BCE = F.binary_cross_entropy(x_hat.view(x_hat.size(0), -1), x.view(x.size(0), -1), reduction='sum')
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD
