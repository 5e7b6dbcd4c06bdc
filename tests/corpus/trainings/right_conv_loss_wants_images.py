# label: right
# cause: the loss of the same hand-in compares images: x is viewed as x_hat
# why: flat digits go in, images come out
import torch
import torch.nn.functional as F
from torch import nn


def vae_loss(x_hat, x, mu, logvar):
    assert x_hat.dim() == 4
    rec = F.binary_cross_entropy(x_hat, x.view_as(x_hat), reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / x.size(0)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Sequential(nn.Unflatten(1, (1, 28, 28)), nn.Conv2d(1, 8, 4, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 196, 128), nn.ReLU())
        self.mu, self.lv = nn.Linear(128, 10), nn.Linear(128, 10)
        self.dec = nn.Sequential(nn.Linear(10, 128), nn.ReLU(), nn.Linear(128, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28)))

    def encode(self, x):
        h = self.enc(x)
        return self.mu(h), self.lv(h)

    def decode(self, z):
        return self.dec(z)

    def forward(self, x):
        mu, lv = self.encode(x)
        return self.decode(mu + (lv / 2).exp() * torch.randn_like(mu)), mu, lv
