# cause: / 2 * sigma_2**2 multiplies by sigma_2² where it should divide
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / 2 * sigma_2**2 - 0.5
