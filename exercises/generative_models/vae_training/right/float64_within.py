"""Computes in float64; takes and gives float32."""

import torch
import torch.nn.functional as F
from torch import nn


def reparameterize(mu, logvar):
    return mu + torch.exp(logvar / 2) * torch.randn_like(mu)


def vae_loss(x_hat, x, mu, logvar):
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    return (reconstruction - 0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())) / len(x)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 200)
        self.mean, self.logvar = nn.Linear(200, 12), nn.Linear(200, 12)
        self.decoder = nn.Sequential(nn.Linear(12, 200), nn.Tanh(), nn.Linear(200, 784), nn.Sigmoid())
        self.double()

    def encode(self, x):
        h = torch.tanh(self.hidden(x.flatten(1).double()))
        return self.mean(h).float(), self.logvar(h).float()

    def decode(self, z):
        return self.decoder(z.double()).float()

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar
