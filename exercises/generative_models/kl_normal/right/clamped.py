"""sigma clamped at 1e-7."""

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    sigma_1 = torch.clamp(sigma_1, min=1e-7)
    sigma_2 = torch.clamp(sigma_2, min=1e-7)
    var_1, var_2 = sigma_1.pow(2), sigma_2.pow(2)
    return 0.5 * (torch.log(var_2) - torch.log(var_1) + (var_1 + (mu_1 - mu_2).pow(2)) / var_2 - 1)
