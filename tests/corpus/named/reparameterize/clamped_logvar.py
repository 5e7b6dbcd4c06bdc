# cause: right up to a border: logvar is clamped to ±2
# credit: 1/4
# kind: border
import torch


def reparameterize(mu, logvar):
    logvar = logvar.clamp(-2, 2)
    return mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
