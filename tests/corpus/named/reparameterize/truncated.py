# cause: right up to a border: the noise is clamped to ±1
# credit: 0
# kind: border
import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu).clamp(-1, 1)
    return mu + torch.exp(0.5 * logvar) * eps
