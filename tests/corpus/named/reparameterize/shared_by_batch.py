# cause: one eps is shared by the batch
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    eps = torch.randn(mu.size(-1), dtype=mu.dtype)
    return mu + eps * torch.exp(0.5 * logvar)
