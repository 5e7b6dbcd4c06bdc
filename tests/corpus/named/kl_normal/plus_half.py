# cause: +1/2 where -1/2 belongs
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return (sigma_2 / sigma_1).log() + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) + 0.5
