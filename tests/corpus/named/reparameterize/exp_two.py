# cause: exp(2 logvar) in place of exp(logvar/2)
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    return mu + torch.randn_like(mu) * torch.exp(logvar * 2)
