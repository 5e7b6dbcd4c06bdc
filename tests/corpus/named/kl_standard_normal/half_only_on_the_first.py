# cause: the factor 1/2 is lost on part of the sum
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    var = logvar.exp()
    return (0.5 * mu**2 + var - logvar - 0.5).sum(-1)
