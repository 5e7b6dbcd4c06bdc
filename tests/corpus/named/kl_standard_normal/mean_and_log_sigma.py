# cause: two mistakes: the mean over the latent axis where the sum is asked; log sigma² is taken for log sigma (exp(2 logvar))
# credit: 0
# kind: two
import torch


def kl_standard_normal(mu, log_sigma):
    kl = mu**2 + torch.exp(2 * log_sigma) - 1 - 2 * log_sigma
    return 0.5 * kl.mean(dim=-1)
