"""Exercise 9: Generative Models: tara"""


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
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2)


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
x is encoded to the distribution q(z|x), z is drawn, and z is decoded to x_hat. The loss is high when x_hat is not like x. I think for Bernoulli one uses cross-entropy.
"""


import torch


def reparameterize(mu, logvar):
    std = torch.exp(logvar) / 2
    eps = torch.randn_like(std)
    return mu + eps * std


import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar)
    return (reconstruction + kl) / x.shape[0]


gan_roles = r"""
The generator's input is z ~ p_z and its output is an artificial data point; it is good if D assigns it a high probability. The discriminator's input is a data point of unknown origin, and its output is the probability that the origin is the training set. Its objective is that of logistic regression, real against generated. D supplies the slope along which G improves, since G does not see real data, and a better G supplies D with more difficult fakes; this is repeated in alternation. The equilibrium is p_g = p_data with D = 1/2.
"""


import torch


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


loss_terms = r"""
Term one: expectation over data of -log D(x). If D is certain about data (D = 1) nothing is paid, if it is certain of the contrary (D near 0) the price is without limit; minimising it raises D on data. Term two: expectation over noise of -log(1 - D(G(z))). If D is certain that G(z) is generated (D = 0) nothing is paid, if it is taken in (D near 1) the price is without limit; minimising it lowers D on fakes. The sum is BCE with targets 1 and 0, and 1/2 is the frequency of either target.
"""


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


minimax_game = r"""
min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]
"""


slow_learning = r"""
Slow because the signal is multiplied by D(G(z)). In detail: by the logit a of the discriminator, log(1 - sigmoid(a)) has the derivative -sigmoid(a), which is minus the probability D gives to the fake. Bad fakes get probability near 0, so bad generators get a gradient near 0, and at the beginning all generators are bad. In the non-saturating loss the factor is 1 - D(G(z)) in place of D(G(z)), near 1 for bad fakes. Both ask for a larger D(G(z)), only the weighting is turned round, and the sum of the losses is not 0 any longer.
"""


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()
