# cause: torch.normal(mu, std): right distribution, no gradient
# credit: 1/2
# kind: gradient
import torch


def reparameterize(mu, logvar):
    return torch.normal(mu, logvar.mul(0.5).exp())
