# item: 6
# why: top-level await in a cell
# expect: kl_normal = full

# %%
import asyncio

import torch

# %%
await asyncio.sleep(0)
print('slept')

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
