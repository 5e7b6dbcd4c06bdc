# item: 11
# why: right near 0, inf where exp overflows in half precision
# expect: kl_standard_normal = 1/4 or named: half precision

# %%
import torch

# %%
def kl_standard_normal(mu, logvar):
    var = torch.exp(logvar.half() * 4) ** 0.25
    return (0.5 * (mu**2 + var - 1 - logvar).sum(-1)).to(mu.dtype)
