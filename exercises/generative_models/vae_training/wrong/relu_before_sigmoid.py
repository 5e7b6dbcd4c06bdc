"""
fails: takes digits and gives x_hat, mu and logvar
name: ReLU before the sigmoid
credit: 0.5
tell: A ReLU stands before the last sigmoid, so that x_hat is never below 1/2, where most pixels of a digit are 0. Leave it
    out.
"""

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
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, 784), nn.ReLU(), nn.Sigmoid())

    def encode(self, x):
        h = torch.relu(self.hidden(x.flatten(1)))
        return self.mu(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar
