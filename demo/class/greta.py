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


reconstruction_term = r"""
Reconstruction means: from x to z and back. On the way there the encoder yields the distribution q(z|x), of which we take a random z, on the way back the decoder yields p(x|z). The first term is the mean log-probability with which the way back ends at the x where it began. Its negative is what we lose by going through the code. For Bernoulli it is the sum over pixels of -x log(x_hat) - (1-x) log(1-x_hat), i.e. BCE.
"""


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


gan_roles = r"""
The generator is the decoder of a VAE and the discriminator is the encoder. The encoder tells whether the reconstruction is similar to the input image. Generator and discriminator are trained jointly with one optimiser on the ELBO.
"""


import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    d = torch.cat([d_real.flatten(), d_fake.flatten()])
    n, m = d_real.numel(), d_fake.numel()
    label = torch.cat([torch.ones(n), torch.zeros(m)]).to(d.dtype)
    weight = torch.cat([torch.full((n,), 0.5 / n), torch.full((m,), 0.5 / m)]).to(d.dtype)
    return F.binary_cross_entropy(d, label, weight=weight, reduction="sum")


loss_terms = r"""
The loss contains D(x) and D(G(z)), and D wants that they are equal, as then it cannot distinguish. The first term makes D(x) smaller and the second makes D(G(z)) bigger until they meet at 1/2. This is where the 1/2 comes from.
"""


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


slow_learning = r"""
The problem is the beginning, where the discriminator wins. D(G(z)) is close to zero, so the minimax loss is close to log 1 = 0 and can't become much larger or smaller when G changes a little.
"""


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
