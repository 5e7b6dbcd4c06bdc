# cause: the maximum over the latent axis where the sum is asked
# credit: 1/4
# kind: statistic
import torch


def kl_standard_normal(mu, logvar):
    kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar)
    return kl.max(dim=-1).values
