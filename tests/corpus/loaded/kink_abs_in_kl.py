# item: 10
# why: |mu|² has a kink at mu = 0 in autograd only; max(sigma, -sigma) likewise
# expect: kl_standard_normal = full
# expect: kl_normal = full

# %%
import torch

# %%
def kl_standard_normal(mu, logvar):
    return 0.5 * (torch.abs(mu).pow(2) + logvar.exp() - 1 - logvar).sum(-1)

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    s1, s2 = torch.maximum(sigma_1, -sigma_1), torch.abs(sigma_2)
    return torch.log(s2 / s1) + (s1**2 + torch.abs(mu_1 - mu_2)**2) / (2 * s2**2) - 0.5
