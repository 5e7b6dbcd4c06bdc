# item: 6
# why: from __future__ import annotations in the first cell holds for all later ones: Batch is not defined anywhere
# expect: kl_normal = full
# expect: kl_standard_normal = full

# %%
from __future__ import annotations

import torch

# %%
def kl_normal(mu_1: Batch, sigma_1: Batch, mu_2: Batch, sigma_2: Batch) -> Batch:
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def kl_standard_normal(mu: Float[Tensor, 'n d'], logvar: Float[Tensor, 'n d']) -> Float[Tensor, 'n']:
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
