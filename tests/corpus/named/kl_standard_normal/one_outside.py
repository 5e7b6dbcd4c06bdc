# cause: the 1 is subtracted once where it belongs to each latent dimension
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * ((mu**2 + logvar.exp() - logvar).sum(-1) - 1)
