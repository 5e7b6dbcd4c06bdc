# cause: two mistakes: log(sigma_1/sigma_2) upside down; (mu_1 + mu_2)² where the difference belongs
# credit: 0
# kind: two
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) + (sigma_1**2 + (mu_1 + mu_2)**2) / (2 * sigma_2**2) - 0.5
