# item: 6
# why: a plotting package that is not there fails before torch is imported in the same cell; the answers do not use it
# expect: kl_normal = full or named: seaborn
# expect: reparameterize = full or named: seaborn

# %%
import numpy as np
import seaborn as sns
import torch
sns.set_theme()

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)
