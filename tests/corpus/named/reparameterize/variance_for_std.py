# cause: exp(logvar) is the variance, not the standard deviation
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    sigma = logvar.exp()
    return mu + sigma * torch.randn(mu.shape, dtype=mu.dtype, device=mu.device)
