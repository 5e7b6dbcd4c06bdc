"""An eps of 1e-8 in the logarithms and the denominator."""

import torch

EPS = 1e-8


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return (
        torch.log(sigma_2 + EPS)
        - torch.log(sigma_1 + EPS)
        + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2 + EPS)
        - 0.5
    )
