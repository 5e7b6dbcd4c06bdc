# right: torch.distributions
import torch
from torch.distributions import Normal, kl_divergence


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return kl_divergence(Normal(mu_1, sigma_1), Normal(mu_2, sigma_2))
