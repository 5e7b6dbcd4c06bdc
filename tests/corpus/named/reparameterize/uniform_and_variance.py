# cause: two mistakes: rand_like is uniform; exp(logvar) is the variance, not the standard deviation
# credit: 0
# kind: two
import torch


def reparameterize(mu, logvar):
    eps = torch.rand_like(mu)
    return mu + eps * torch.exp(logvar)
