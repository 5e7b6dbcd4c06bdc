# cause: the seed is set inside: every call draws the same noise
# credit: 0
# kind: random
import torch


def reparameterize(mu, logvar):
    torch.manual_seed(0)
    return mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
