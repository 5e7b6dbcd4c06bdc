# right: torch.log(torch.exp(...)) written out
import torch


def kl_standard_normal(mu, logvar):
    var = torch.exp(logvar)
    return 0.5 * (mu**2 + var - torch.log(var) - torch.ones_like(var)).sum(-1)
