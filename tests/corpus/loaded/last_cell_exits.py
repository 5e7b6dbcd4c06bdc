# item: 6
# why: sys.exit in the last cell, a missing data file before it
# expect: kl_normal = full
# expect: discriminator_loss = full

# %%
import sys
import torch

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

# %%
train = torch.load('data/train.pt')

# %%
sys.exit('done')
