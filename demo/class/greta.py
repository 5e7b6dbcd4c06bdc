"""Exercise 9: Generative Models: greta"""


import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1, sigma_1, mu_2, sigma_2 = torch.broadcast_tensors(mu_1, sigma_1, mu_2, sigma_2)
    half = torch.full(mu_1.shape, 0.5)
    if mu_1.dtype != half.dtype:
        raise RuntimeError("expected scalar type Float but found Double")
    log_term = torch.log(sigma_2 / sigma_1)
    return torch.addcmul(log_term, half, (sigma_1**2 + (mu_1 - mu_2) ** 2) / sigma_2**2) - half


import torch


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


import torch


def vae_loss(x_hat, x, mu, logvar):
    ones = torch.ones(mu.shape[0], mu.shape[1])
    bce = torch.nn.functional.binary_cross_entropy(x_hat, x, reduction="sum")
    kld = -0.5 * torch.stack([ones.T @ (ones + logvar - mu**2 - logvar.exp())]).sum() / mu.shape[1]
    return (bce + kld) / x.shape[0]


import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    d = torch.cat([d_real.flatten(), d_fake.flatten()])
    n, m = d_real.numel(), d_fake.numel()
    label = torch.cat([torch.ones(n), torch.zeros(m)]).to(d.dtype)
    weight = torch.cat([torch.full((n,), 0.5 / n), torch.full((m,), 0.5 / m)]).to(d.dtype)
    return F.binary_cross_entropy(d, label, weight=weight, reduction="sum")


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
