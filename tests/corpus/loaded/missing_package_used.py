# item: 6
# why: the package is not there: the failed import is the cause of the NameError in the function
# expect: kl_standard_normal = named: einops
# expect: kl_normal = full

# %%
!pip install -q einops
import torch
from einops import reduce

# %%
def kl_standard_normal(mu, logvar):
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp())
    return reduce(kl, '... d -> ...', 'sum')

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
