# right: squared norms
import torch


def kl_standard_normal(mu, logvar):
    d = mu.size(-1)
    sigma = logvar.mul(0.5).exp()
    return 0.5 * (mu.square().sum(-1) + sigma.square().sum(-1) - d) - sigma.log().sum(-1)
