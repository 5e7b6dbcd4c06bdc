# cause: the +log and the quadratic term are right, d = 1 of the multivariate formula is not subtracted and the mean's term is not halved
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + sigma_1**2 / (2 * sigma_2**2) + (mu_1 - mu_2)**2 / sigma_2**2
