#!/usr/bin/env python
# coding: utf-8

# # The KL divergence of two normals, step by step
# 
# Let $q = \mathcal N(\mu_1, \sigma_1^2)$ and $p = \mathcal N(\mu_2, \sigma_2^2)$. Derive
# 
# $$\mathrm{KL}(q \,\|\, p) = \int q(x) \log \frac{q(x)}{p(x)}\, dx = \mathbb{E}_q\left[\log q(x) - \log p(x)\right]$$
# 
# in closed form, one step per line. Start at one of the two definitions, put in the log densities, evaluate the moments that remain under
# $q$, and end in a formula in $\mu_1, \sigma_1, \mu_2, \sigma_2$. $\log$ is the natural logarithm, and $\sigma$ a standard deviation.
# 
# Write plain text or LaTeX. Every line is checked against the line above it and against the result; the feedback shows each line as it
# was read. A line that cannot be read costs nothing: a person will read it.

# KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx
# = E_q[log q(x)] - E_q[log p(x)]
# = E_q[-1/2 log(2π σ₁²) - (x - μ₁)²/(2 σ₁²)] - E_q[-1/2 log(2π σ₂²) - (x - μ₂)²/(2 σ₂²)]
# = log(σ₂/σ₁) - E_q[(x - μ₁)²]/(2 σ₁²) + E_q[(x - μ₂)²]/(2 σ₂²)
# where E_q[(x - μ₁)²] = σ₁²
# and E_q[(x - μ₂)²] = Var_q[x] + (E_q[x] - μ₂)² = σ₁² + (μ₁ - μ₂)²
# = log(σ₂/σ₁) - σ₁²/(2 σ₁²) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²)
# = log(σ₂/σ₁) + (σ₁² + (μ₁ - μ₂)²)/(2 σ₂²) - 1/2

# ## The KL divergence of two normal distributions, in code
# 
# Write `kl_normal(mu_1, sigma_1, mu_2, sigma_2)`: the Kullback-Leibler divergence
# 
# $$KL(q \| p) \quad\text{for}\quad q = N(\mu_1, \sigma_1^2),\; p = N(\mu_2, \sigma_2^2)$$
# 
# in nats, as you derived it. All four arguments are tensors and broadcast against each other; the result is elementwise.
# `sigma_1` and `sigma_2` are standard deviations, greater than 0.

# In[3]:


import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    """KL(N(mu_1, sigma_1²) ‖ N(mu_2, sigma_2²)), elementwise, in nats."""
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_2**2) - 0.5


# # The KL divergence to the standard normal
# 
# Simplify your result for $p = \mathcal N(0, 1)$: write $\mathrm{KL}(q \,\|\, p)$ for $q = \mathcal N(\mu_1, \sigma_1^2)$ as a formula in
# $\mu_1$ and $\sigma_1$. Any form that equals it counts. Write plain text or LaTeX.

# KL(q || N(0, 1)) = (mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)

# ## The KL divergence to the standard normal, in code
# 
# Write `kl_standard_normal(mu, logvar)`: the Kullback-Leibler divergence
# 
# $$KL(q \| p) \quad\text{for}\quad q = N(\mu, \mathrm{diag}(\sigma^2)),\; p = N(0, I)$$
# 
# in nats, as you simplified it. An encoder gives $\mu$ and $\mathrm{logvar} = \log \sigma^2$, tensors of one shape
# `(..., d)`. Sum over the last axis, the $d$ latent dimensions, and over nothing else: the result has the shape `(...)`.

# In[7]:


import torch


def kl_standard_normal(mu, logvar):
    """KL(N(mu, diag(exp(logvar))) ‖ N(0, I)) in nats: (..., d), (..., d) -> (...)."""
    return 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar, dim=-1)


# # The evidence lower bound, rearranged
# 
# Let $\mathcal L = \int q(z) \log \frac{p(z, x)}{q(z)}\, dz$. Show, one step per line, that
# 
# $$\mathcal L = \mathbb{E}_q\left[\log p(x \mid z)\right] - \mathrm{KL}\left(q(z) \,\|\, p(z)\right).$$
# 
# Start at $\mathcal L$, say where you use $p(z, x) = p(x \mid z)\, p(z)$, and split the logarithm before you recognise the KL divergence. Write
# plain text or LaTeX. Every line is checked against the line above it; the feedback shows each line as it was read. A line that cannot be
# read costs nothing: a person will read it.

# L = ∫ q(z) log(p(z,x)/q(z)) dz
# = ∫ q(z) log(p(x|z) p(z)/q(z)) dz
# = ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz
# = E_q[log p(x|z)] - ∫ q(z) log(q(z)/p(z)) dz
# = E_q[log p(x|z)] - KL(q(z) || p(z))

# ## Why the reconstruction loss is called that
# 
# In the evidence lower bound
# 
# $$L = E_{q(z)}[\log p(x | z)] - KL(q(z) \| p(z))$$
# 
# the first term, with its sign turned round, is called the reconstruction loss. Explain why, in three to six sentences: what
# happens to an `x` on its way through encoder and decoder, and what does the term measure at the end? What is it for a
# Bernoulli decoder?

# The encoder turns an image x into a distribution q(z) over codes. We draw a code z from it, and the decoder turns z into
# the parameters of a distribution p(x|z) over images, its reconstruction of x. The term E_q[log p(x|z)] asks how probable the
# image that went in is under this reconstruction, on average over the codes that the encoder gives to x. It is large if x
# survives the way through the narrow code, so with its sign turned round it is a loss that punishes bad reconstructions.
# If each pixel is Bernoulli with probability x_hat, then -log p(x|z) is the binary cross-entropy between x and x_hat, summed
# over the pixels; for a Gaussian decoder it would be, up to constants, the squared error.

# ## The reparameterisation trick
# 
# Write `reparameterize(mu, logvar)`: one draw
# 
# $$z \sim N(\mu, \mathrm{diag}(\sigma^2)), \qquad \mathrm{logvar} = \log \sigma^2$$
# 
# for each row of `mu` and `logvar`, both of shape `(N, d)`. The result has the shape, dtype and device of `mu`, every element
# has noise of its own, and gradients flow through the draw to `mu` and to `logvar`.

# In[13]:


import torch


def reparameterize(mu, logvar):
    """A draw from N(mu, diag(exp(logvar))) that passes gradients: (N, d), (N, d) -> (N, d)."""
    eps = torch.randn_like(mu)
    return mu + torch.exp(logvar / 2) * eps


# ## The loss of a variational autoencoder
# 
# Write `vae_loss(x_hat, x, mu, logvar)`: the negative ELBO of a batch, for a Bernoulli decoder and the prior $p(z) = N(0, I)$,
# 
# $$-E_q[\log p(x | z)] + KL(q(z | x) \| p(z))$$
# 
# with one draw of $z$ per example, from which the decoder made `x_hat`.
# 
# - The reconstruction term is the binary cross-entropy of `x_hat` in $(0, 1)$ and `x` in $[0, 1]$, two tensors of one shape
#   `(N, ...)`, **summed** over everything but the batch.
# - The KL divergence is that of $q = N(\mu, \mathrm{diag}(\sigma^2))$, from `mu` and `logvar` $= \log \sigma^2$ of shape
#   `(N, d)`, **summed** over the latent axis.
# - Their sum is **averaged** over the batch of $N$ examples. The result is a scalar tensor.

# In[15]:


import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar)
    return (reconstruction + kl) / x.shape[0]


# ## A variational autoencoder that learns MNIST
# 
# Put the pieces together. Write `class VAE(torch.nn.Module)`, which works without arguments (`VAE()`), with
# 
# - `encode(x)`, which returns `mu` and `logvar`, both of shape `(N, d)`; `d` is yours to choose,
# - `decode(z)`, which returns `x_hat`: for each of the 784 pixels its probability, in $(0, 1)$,
# - `forward(x)`, which draws $z \sim N(\mu, \mathrm{diag}(\exp(\mathrm{logvar})))$ and returns `x_hat, mu, logvar`.
# 
# `x` holds $N$ digits with values in $[0, 1]$, of shape `(N, 784)` or `(N, 1, 28, 28)`: whichever `encode` and `forward` take. All that
# the decoder knows of `x` must come through `z`. `forward` returns the `mu` and `logvar` that `encode` gives.
# 
# The grader trains your `VAE` with your `vae_loss`: 450 steps of Adam on 32 digits each, longer if your model learns slowly. Then it looks
# at digits your model has not seen: what `encode` makes of them, what `decode` makes of that, and what `decode` makes of $z \sim N(0, I)$.
# A model of the size 784-400-20 takes about two seconds; there are thirty.

# In[17]:


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


# ## The roles of generator and discriminator
# 
# A generative adversarial network has two players, $G$ and $D$. Explain the role of each in three to six sentences: what does
# it take in, what does it give out, what does it want, and how do the two depend on each other while they learn?

# The generator G takes noise z drawn from a simple prior p_z and turns it into an example G(z). It wants its examples to be
# taken for real ones. The discriminator D takes an example, either from the data or from G, and gives the probability that it
# is real; it is a binary classifier that wants to say 1 to data and 0 to fakes. The two are opponents and are trained in turn:
# G never sees the data, it learns only from the gradient that comes back through D, and the better G becomes the harder is
# the task of D. The game ends in an equilibrium in which the fakes are distributed like the data and D can only say 1/2.

# ## The discriminator's loss
# 
# The discriminator $D$ gives the probability that its input is real. Write `discriminator_loss(d_real, d_fake)`:
# 
# $$J^{(D)} = -\frac{1}{2} E_{x \sim p_{data}}[\log D(x)] - \frac{1}{2} E_{z \sim p_z}[\log(1 - D(G(z)))]$$
# 
# `d_real` holds the probabilities $D(x)$ of a batch of real examples, `d_fake` the probabilities $D(G(z))$ of a batch of
# generated ones, both of shape `(N,)` or `(N, 1)`; the two batches may differ in size. Each expectation is the mean of its
# batch; the result is a scalar tensor. Where $D$ is exactly 0 or 1 the loss may be infinite or clamped, never NaN.

# In[21]:


import torch


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()


# ## The two terms of the discriminator's loss
# 
# $$J^{(D)} = -\frac{1}{2} E_{x \sim p_{data}}[\log D(x)] - \frac{1}{2} E_{z \sim p_z}[\log(1 - D(G(z)))]$$
# 
# Explain in three to six sentences what each of the two terms means: when is it small, when is it large, and what does it teach
# $D$? Why do both have the factor $\frac{1}{2}$?

# The first term looks at real examples. -log D(x) is 0 if D is certain that x is real, and grows without bound as D(x) goes to
# 0, so it teaches D to give data a high probability. The second term looks at the fakes: -log(1 - D(G(z))) is 0 if D is certain
# that G(z) is generated, and grows without bound as D(G(z)) goes to 1, so it teaches D not to be deceived. Together they are the
# binary cross-entropy of a classifier with label 1 for data and label 0 for fakes. The factors 1/2 say that it meets real and
# generated examples equally often.

# ## The generator's loss in the minimax game
# 
# In the minimax game the generator's loss is the discriminator's with its sign turned. Write
# `generator_loss(d_real, d_fake)`:
# 
# $$J^{(G)} = -J^{(D)}$$
# 
# with both terms, from the probabilities $D(x)$ and $D(G(z))$ as in `discriminator_loss`: shape `(N,)` or `(N, 1)`, batches
# that may differ in size, a scalar tensor as the result, never NaN.

# In[25]:


import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()


# # A minimax game
# 
# With $J^{(G)} = -J^{(D)}$, training generator and discriminator is one optimisation problem. Write it as a minimax game over $G$ and $D$,
# with the expectations over $x \sim p_\text{data}$ and $z \sim p_z$ written out. A positive factor in front does not matter. Write plain
# text or LaTeX.

# min_G max_D 1/2 E_{x ~ p_data}[log D(x)] + 1/2 E_{z ~ p_z}[log(1 - D(G(z)))]

# ## Why the minimax generator learns slowly
# 
# With $J^{(G)} = -J^{(D)}$ the generator learns slowly, above all at the beginning of training. Explain why in three to six
# sentences, with the gradient of $\frac{1}{2} \log(1 - D(G(z)))$. What does the non-saturating loss
# $-\frac{1}{2} E_{z \sim p_z}[\log D(G(z))]$ change?

# At the beginning the generator makes bad fakes, and D recognises them with near certainty, so D(G(z)) is almost 0. There
# log(1 - D) is flat: if D = sigmoid(a) with logit a, its derivative with respect to a is -D, which goes to 0 with D. So the
# generator gets hardly any gradient through D just when it has the most to learn; one says that its loss saturates.
# The non-saturating loss -log D has the derivative -(1 - D) with respect to the logit, which is close to -1 where D(G(z)) is
# close to 0. The gradient is then large where G is bad, and points to the same aim, a higher D(G(z)); but the game is no longer
# a zero-sum game.

# ## The non-saturating generator loss
# 
# Write `nonsaturating_generator_loss(d_fake)`, the loss that is used in place of $J^{(G)} = -J^{(D)}$ because its gradient
# stays large while the discriminator still sees through the fakes:
# 
# $$J^{(G)} = -\frac{1}{2} E_{z \sim p_z}[\log D(G(z))]$$
# 
# `d_fake` holds the probabilities $D(G(z))$ of a batch of generated examples, of shape `(N,)` or `(N, 1)`. The expectation is
# the mean of the batch; the result is a scalar tensor. Where $D$ is exactly 0 or 1 it may be infinite or clamped, never NaN.

# In[31]:


import torch


def nonsaturating_generator_loss(d_fake):
    """-½ E[log D(G(z))] from the probabilities D(G(z)): (N,) or (N, 1) -> scalar."""
    return -0.5 * torch.log(d_fake).mean()


# ## Your losses at work
# 
# There is nothing new to write. The grader takes your `discriminator_loss`, `generator_loss` and `nonsaturating_generator_loss`
# and trains a small generator and a small discriminator on MNIST with them.
# 
# It looks at the values and slopes of the three losses; at the gradient that reaches $G$ through each of its two losses, above all where
# $D(G(z))$ is near 0; at whether $D$ learns to tell digits from noise; and at whether the samples $G(z)$ come nearer to the digits. A constant
# factor in a loss changes no training and costs nothing here.

# In[33]:


# Nothing new to write here: the three losses of 9-2 (b), (c) and (d) train a small generator and discriminator.


