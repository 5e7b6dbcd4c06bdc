# item: 7
# why: float64 by default; the answers keep what comes in
# expect: reparameterize = full
# expect: vae_loss = full
# expect: vae_training = full
# expect: kl_normal = full
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full

# %%
import torch
import torch.nn.functional as F
from torch import nn
torch.set_default_dtype(torch.float64)

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)

# %%
def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / x.size(0)

# %%
class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 256)
        self.mu = nn.Linear(256, 16)
        self.lv = nn.Linear(256, 16)
        self.dec = nn.Sequential(nn.Linear(16, 256), nn.ReLU(), nn.Linear(256, 784), nn.Sigmoid())

    def encode(self, x):
        h = torch.relu(self.fc1(x.flatten(1)))
        return self.mu(h), self.lv(h)

    def decode(self, z):
        return self.dec(z)

    def forward(self, x):
        mu, logvar = self.encode(x)
        return self.decode(reparameterize(mu, logvar)), mu, logvar

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()
