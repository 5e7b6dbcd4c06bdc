# item: 6
# why: line and cell magics, shell lines, a help line
# expect: kl_normal = full
# expect: kl_standard_normal = full
# expect: reparameterize = full

# %%
%load_ext autoreload
%autoreload 2
%matplotlib inline
!nvidia-smi
import torch

# %%
%%time
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
%%capture out
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
torch.randn_like?
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)
