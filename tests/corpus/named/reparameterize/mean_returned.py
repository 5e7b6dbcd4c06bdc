# cause: eps is drawn and not used: mu is returned
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    z = mu + 0 * std * eps
    return z
