# item: 11
# why: inf everywhere: it matches no labelled mistake
# expect: kl_normal = zero
# expect: vae_loss = zero
# expect: discriminator_loss = zero

# %%
import torch
import torch.nn.functional as F
from torch import nn

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (mu_1 - mu_2)**2 + float('inf')

# %%
def vae_loss(x_hat, x, mu, logvar):
    return -torch.log(torch.zeros_like(x_hat) * x).sum() + 0 * mu.sum()

# %%
def discriminator_loss(d_real, d_fake):
    return -torch.log((d_real * 0).mean()) - torch.log(1 - d_fake).mean()
