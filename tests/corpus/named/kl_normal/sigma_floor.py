# cause: right up to a border: sigma is clamped from below at 0.1
# credit: 1/4
# kind: border
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    sigma_1 = sigma_1.clamp(min=0.1)
    sigma_2 = sigma_2.clamp(min=0.1)
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
