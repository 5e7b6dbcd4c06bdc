# cause: mu times the noise: mu * (std * eps) where the sum is asked
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(logvar)
    return mu * eps * torch.exp(0.5 * logvar) + mu
