# right: guarded by an eps of 1e-8
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    eps = 1e-8
    return (torch.log((sigma_2 + eps) / (sigma_1 + eps))
            + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2 + eps) - 0.5)
