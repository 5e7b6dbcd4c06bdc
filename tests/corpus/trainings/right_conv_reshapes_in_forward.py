# label: right
# cause: forward reshapes flat digits, encode takes images only
# why: encode wants (N, 1, 28, 28), forward takes both, x_hat is flat
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
        self.c1 = nn.Conv2d(1, 16, 3, stride=2, padding=1)
        self.c2 = nn.Conv2d(16, 32, 3, stride=2, padding=1)
        self.fc_mu, self.fc_lv = nn.Linear(1568, 12), nn.Linear(1568, 12)
        self.fc = nn.Linear(12, 256)
        self.out = nn.Linear(256, 784)

    def encode(self, x):
        assert x.dim() == 4, "encode wants images"
        h = F.relu(self.c2(F.relu(self.c1(x)))).flatten(1)
        return self.fc_mu(h), self.fc_lv(h)

    def decode(self, z):
        return torch.sigmoid(self.out(F.relu(self.fc(z)))).view(-1, 784)

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 1, 28, 28))
        z = mu + torch.randn_like(mu) * (0.5 * logvar).exp()
        return self.decode(z), mu, logvar
