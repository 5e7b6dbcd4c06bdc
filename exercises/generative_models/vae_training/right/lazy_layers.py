"""Layers that learn their input size at the first call."""

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
        self.hidden = nn.LazyLinear(hidden)
        self.mu = nn.LazyLinear(latent)
        self.logvar = nn.LazyLinear(latent)
        self.decoder = nn.Sequential(nn.LazyLinear(hidden), nn.ReLU(), nn.LazyLinear(784), nn.Sigmoid())

    def encode(self, x):
        h = torch.relu(self.hidden(x.flatten(1)))
        return self.mu(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar
