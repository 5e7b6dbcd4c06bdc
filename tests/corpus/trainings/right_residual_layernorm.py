# label: right
# cause: residual blocks with LayerNorm and GELU
import torch
import torch.nn.functional as F
from torch import nn


def vae_loss(x_hat, x, mu, logvar):
    x_hat, x = x_hat.flatten(1), x.flatten(1)
    rec = F.binary_cross_entropy(x_hat, x, reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return (rec + kl).mean()


class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.f = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.GELU(), nn.Linear(d, d))

    def forward(self, x):
        return x + self.f(x)


class VAE(nn.Module):
    def __init__(self, d=256, latent=16):
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, d), Block(d), nn.GELU(), nn.Linear(d, 2 * latent))
        self.decoder = nn.Sequential(nn.Linear(latent, d), Block(d), nn.GELU(), nn.Linear(d, 784), nn.Sigmoid())

    def encode(self, x):
        return self.encoder(x).chunk(2, dim=1)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(mu + (logvar / 2).exp() * torch.randn_like(mu)), mu, logvar
