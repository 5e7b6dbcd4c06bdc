# cause: the mean of ten draws: the noise is too small by √10
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return torch.stack([mu + std * torch.randn_like(std) for _ in range(10)]).mean(0)
