# cause: logvar itself stands where the standard deviation exp(logvar/2) belongs
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    eps = torch.randn_like(mu)
    return mu + 0.5 * logvar * eps
