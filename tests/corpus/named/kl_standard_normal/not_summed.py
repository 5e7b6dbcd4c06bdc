# cause: not summed over the latent axis
# credit: 1/2
# kind: reduction
import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * (1 + logvar - mu**2 - logvar.exp())
