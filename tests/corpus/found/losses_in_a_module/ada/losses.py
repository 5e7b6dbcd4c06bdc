import torch
import torch.nn.functional as F
from torch import nn


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar)
    return (reconstruction + kl) / x.shape[0]


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
