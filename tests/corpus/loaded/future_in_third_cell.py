# item: 6
# why: from __future__ stands at the top of the third cell: legal in Jupyter, a SyntaxError when cells are joined
# expect: reparameterize = full
# expect: kl_standard_normal = full

# %%
import torch
import math

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)

# %%
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from torch import Tensor

def kl_standard_normal(mu: Tensor, logvar: Tensor) -> Tensor:
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
