# cause: (2*sigma_2)**2 in the denominator: 4 sigma_2² where 2 sigma_2² belongs
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    a = torch.log(sigma_2) - torch.log(sigma_1)
    b = (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2)**2
    return a + b - 0.5
