import torch
import torch.nn.functional as F
from torch import nn


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) + 0.5


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
