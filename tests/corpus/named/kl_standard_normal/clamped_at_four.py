# cause: right up to a border: logvar is clamped to ±4
# credit: 1/4
# kind: border
import torch


def kl_standard_normal(mu, logvar):
    logvar = torch.clamp(logvar, -4.0, 4.0)
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
