"""Exercise 9: Generative Models: zoe"""


import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


import torch


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


reconstruction_term = r"""
The VAE encodes x as a vector z, and z is decoded to x_hat. There is no randomness in this, the randomness only comes in when new images are generated. The term counts how many pixels of x_hat differ from x.
"""


import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x, x_hat, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (reconstruction + kl) / len(x)


gan_roles = r"""
G takes z and returns a fake, D takes an image and returns a probability. D wants to classify correctly and G wants D to be incorrect.
"""


import torch


def discriminator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


loss_terms = r"""
-log D(x): D should be high for samples of p_data. -log(1-D(G(z))): D should be low for samples of G. If D makes an error with high confidence the loss goes to infinity. 1/2 normalises.
"""


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


slow_learning = r"""
The factor 1/2 makes the gradient half as large, so G needs twice as many steps. In the non-saturating loss the minus sign changes the direction of the gradient, so G goes uphill instead of downhill. This is faster at the beginning.
"""


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
