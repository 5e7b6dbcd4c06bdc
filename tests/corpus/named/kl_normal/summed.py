# cause: the result is summed to a scalar; it is asked elementwise
# credit: 1/2
# kind: reduction
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    kl = torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
    return kl.sum()
