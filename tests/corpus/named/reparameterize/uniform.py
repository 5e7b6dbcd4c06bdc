# cause: rand_like is uniform; randn_like is asked
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.rand_like(std)
