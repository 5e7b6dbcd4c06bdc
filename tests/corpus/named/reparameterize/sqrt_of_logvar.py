# cause: the root of |logvar| in place of exp(logvar/2)
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    std = torch.sqrt(torch.abs(logvar))
    return mu + std * torch.randn_like(mu)
