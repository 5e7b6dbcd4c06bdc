# label: right
# cause: a GRU reads the rows of the digit
import torch
import torch.nn.functional as F
from torch import nn


def vae_loss(x_hat, x, mu, logvar):
    x_hat, x = x_hat.flatten(1), x.flatten(1)
    rec = F.binary_cross_entropy(x_hat, x, reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return (rec + kl).mean()


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(28, 96, batch_first=True)
        self.heads = nn.Linear(96, 24)
        self.dec = nn.Sequential(nn.Linear(12, 256), nn.SiLU(), nn.Linear(256, 784), nn.Sigmoid())

    def encode(self, x):
        _, h = self.rnn(x.reshape(-1, 28, 28))
        out = self.heads(h[-1])
        return out[:, :12], out[:, 12:]

    def decode(self, z):
        return self.dec(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        z = torch.distributions.Normal(mu, (logvar / 2).exp()).rsample()
        return self.decode(z), mu, logvar
