# cause: the loss of the first example, not the mean over the batch
# credit: 1/4
# kind: statistic
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat[0], x[0], reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar[0] - mu[0]**2 - logvar[0].exp())
    return rec + kl
