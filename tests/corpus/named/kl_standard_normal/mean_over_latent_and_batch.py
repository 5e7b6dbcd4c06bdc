# cause: two mistakes: the mean over the latent axis where the sum is asked; averaged over the batch as well
# credit: 1/2
# kind: two
import torch


def kl_standard_normal(mu, logvar):
    return -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp())
