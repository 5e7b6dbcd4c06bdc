# cause: two mistakes: the sign of logvar is wrong; the factor 1/2 is missing
# credit: 0
# kind: two
import torch


def kl_standard_normal(mu, logvar):
    return (mu**2 + logvar.exp() - 1 + logvar).sum(-1)
