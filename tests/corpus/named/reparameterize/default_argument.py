# cause: the noise is remembered: drawn once, when the function is defined
# credit: 0
# kind: random
import torch


_noise = {}


def reparameterize(mu, logvar):
    if mu.shape not in _noise:
        _noise[mu.shape] = torch.randn_like(mu)
    return mu + torch.exp(0.5 * logvar) * _noise[mu.shape]
