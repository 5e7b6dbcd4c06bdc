# item: 7
# why: bfloat16 by default, left on after an experiment in the last cell
# expect: kl_normal = full
# expect: kl_standard_normal = full
# expect: reparameterize = full
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full

# %%
import torch
import torch.nn.functional as F
from torch import nn

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()

# %%
torch.set_default_dtype(torch.bfloat16)
print(torch.ones(2).dtype)
