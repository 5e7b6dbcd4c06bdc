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
The encoder turns an image x into a distribution q(z) over codes. We draw a code z from it, and the decoder turns z into
the parameters of a distribution p(x|z) over images, its reconstruction of x. The term E_q[log p(x|z)] asks how probable the
image that went in is under this reconstruction, on average over the codes that the encoder gives to x. It is large if x
survives the way through the narrow code, so with its sign turned round it is a loss that punishes bad reconstructions.
If each pixel is Bernoulli with probability x_hat, then -log p(x|z) is the binary cross-entropy between x and x_hat, summed
over the pixels; for a Gaussian decoder it would be, up to constants, the squared error.
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
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, 784), nn.Sigmoid())

    def encode(self, x):
        h = torch.relu(self.hidden(x.flatten(1)))
        return self.mu(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar


gan_roles = r"""
The generator G takes noise z drawn from a simple prior p_z and turns it into an example G(z). It wants its examples to be
taken for real ones. The discriminator D takes an example, either from the data or from G, and gives the probability that it
is real; it is a binary classifier that wants to say 1 to data and 0 to fakes. The two are opponents and are trained in turn:
G never sees the data, it learns only from the gradient that comes back through D, and the better G becomes the harder is
the task of D. The game ends in an equilibrium in which the fakes are distributed like the data and D can only say 1/2.
"""


import torch


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


loss_terms = r"""
The first term looks at real examples. -log D(x) is 0 if D is certain that x is real, and grows without bound as D(x) goes to
0, so it teaches D to give data a high probability. The second term looks at the fakes: -log(1 - D(G(z))) is 0 if D is certain
that G(z) is generated, and grows without bound as D(G(z)) goes to 1, so it teaches D not to be deceived. Together they are the
binary cross-entropy of a classifier with label 1 for data and label 0 for fakes. The factors 1/2 say that it meets real and
generated examples equally often.
"""


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


minimax_game = r"""
min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]
"""


slow_learning = r"""
At the beginning the generator makes bad fakes, and D recognises them with near certainty, so D(G(z)) is almost 0. There
log(1 - D) is flat: if D = sigmoid(a) with logit a, its derivative with respect to a is -D, which goes to 0 with D. So the
generator gets hardly any gradient through D just when it has the most to learn; one says that its loss saturates.
The non-saturating loss -log D has the derivative -(1 - D) with respect to the logit, which is close to -1 where D(G(z)) is
close to 0. The gradient is then large where G is bad, and points to the same aim, a higher D(G(z)); but the game is no longer
a zero-sum game.
"""


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()


kl_derivation = [
    'KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx',
    '= E_q[log q(x)] - E_q[log p(x)]',
    '= E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂²)]',
    '= log(σ₂/σ₁) - E_q[(x - μ₁)²]/(2 σ₁²) + E_q[(x - μ₂)²]/(2 σ₂²)',
    'where E_q[(x - μ₁)²] = σ₁²',
    'and E_q[(x - μ₂)²] = Var_q[x] + (E_q[x] - μ₂)² = σ₁² + (μ₁ - μ₂)²',
    '= log(σ₂/σ₁) - σ₁²/(2 σ₁²) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²)',
    '= log(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²) - 1/2',
]
