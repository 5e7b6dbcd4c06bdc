# right: calls the general formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5


def kl_standard_normal(mu, logvar):
    one = torch.ones_like(mu)
    return kl_normal(mu, torch.exp(logvar / 2), 0 * one, one).sum(dim=-1)
