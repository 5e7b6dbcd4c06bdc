# cause: exp(logvar) is taken for sigma and squared, log sigma² read as logvar: exp(2 logvar) stands where exp(logvar) belongs
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    sigma = torch.exp(logvar)
    return 0.5 * torch.sum(sigma**2 + mu**2 - 1 - 2 * torch.log(sigma), dim=-1)
