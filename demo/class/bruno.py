"""Exercise 9: Generative Models: bruno"""


kl_derivation = r"""
KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
= E_q[log q(x)] - E_q[log p(x)]
= E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂²)]
= log(σ₂/σ₁) - E_q[(x - μ₁)²]/(2 σ₁²) + E_q[(x - μ₂)²]/(2 σ₂²)
where E_q[(x - μ₁)²] = σ₁²
and E_q[(x - μ₂)²] = Var_q[x] + (E_q[x] - μ₂)² = σ₁² + (μ₁ - μ₂)²
= log(σ₂/σ₁) - σ₁²/(2 σ₁²) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²)
= log(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²) - 1/2
"""


import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


kl_simplified = r"""
KL(q || N(0, 1)) = (mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)
"""


import torch


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


elbo_derivation = r"""
L = ∫ q(z) log(p(z,x)/q(z)) dz
= ∫ q(z) log(p(x|z) p(z)/q(z)) dz
= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
= E_q[log p(x|z)] - ∫ q(z) log(q(z)/p(z)) dz
= E_q[log p(x|z)] - KL(q(z) || p(z))
"""


reconstruction_term = r"""
x -> (mu, sigma) -> z = mu + sigma * eps -> x_hat. The term is E_{z ~ q(z|x)}[log p(x | z)], so we ask how much probability mass the decoder puts on the x we began with. If p(x|z) = prod_i x_hat_i^x_i (1 - x_hat_i)^(1 - x_i), then -log p(x|z) = -sum_i [x_i log x_hat_i + (1 - x_i) log(1 - x_hat_i)], the binary cross-entropy summed over the pixels i. It is smallest when x_hat is as close to x as possible, i.e. when the reconstruction is good, so the negative is a loss for reconstruction.
"""


import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar)
    return (reconstruction + kl) / x.shape[0]


import torch
import torch.nn.functional as F
from torch import nn


def reparameterize(mu, logvar):
    return mu + torch.exp(logvar / 2) * torch.randn_like(mu)


def vae_loss(x_hat, x, mu, logvar):
    x_hat, x = x_hat.flatten(1), x.flatten(1)
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return (reconstruction + kl).mean()


class VAE(nn.Module):
    def __init__(self, hidden=400, latent=20):
        super().__init__()
        self.hidden = nn.Linear(784, hidden)
        self.mu = nn.Linear(hidden, latent)
        self.logvar = nn.Linear(hidden, latent)
        self.up = nn.Linear(latent, hidden)
        self.bias = nn.Parameter(torch.zeros(784))

    def encode(self, x):
        h = torch.relu(self.hidden(x.flatten(1)))
        return self.mu(h), self.logvar(h)

    def decode(self, z):
        return torch.sigmoid(F.linear(torch.relu(self.up(z)), self.hidden.weight.t(), self.bias))

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar


gan_roles = r"""
G: z ~ p_z -> G(z), a sample. D: x -> D(x) in (0, 1), the probability that x is from p_data. D solves a binary classification with labels 1 (data) and 0 (G(z)), and G wants D(G(z)) to be large. This is the game min_G max_D E[log D(x)] + E[log(1 - D(G(z)))], played by alternating gradient steps. For fixed G the best D is p_data / (p_data + p_g), so once p_g = p_data it outputs 1/2 and G has nothing left to improve.
"""


import torch


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


loss_terms = r"""
Write y = 1 for data, y = 0 for fakes. The cross-entropy of D is E_y[-y log D - (1 - y) log(1 - D)]. With P(y=1) = P(y=0) = 1/2 this splits into 1/2 E_data[-log D(x)] + 1/2 E_z[-log(1 - D(G(z)))], which is J^(D). The first part is 0 for D(x) = 1 and tends to infinity for D(x) -> 0: recognise data. The second part is 0 for D(G(z)) = 0 and tends to infinity for D(G(z)) -> 1: recognise fakes.
"""


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


minimax_game = r"""
min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]
"""


slow_learning = r"""
Let D(G(z)) = s(a), s' = s (1 - s). d/da [1/2 log(1 - s(a))] = -1/2 s(1 - s)/(1 - s) = -1/2 s(a) = -1/2 D(G(z)). Early on D rejects all fakes, D(G(z)) ~ 0, so this is ~ 0 and G stands still when it has most to learn. Non-saturating: d/da [-1/2 log s(a)] = -1/2 (1 - s(a)) ~ -1/2. Same sign (a has to grow, so same aim), but the size is largest where G is bad. J^(G) = -J^(D) is given up.
"""


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
