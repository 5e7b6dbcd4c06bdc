# item: 10
# why: squeeze drops the batch axis of a batch of one: the KL is then summed over nothing it should not be
# expect: kl_standard_normal = 3/4 named: batch of one

# %%
import torch

# %%
def kl_standard_normal(mu, logvar):
    mu, logvar = mu.squeeze(), logvar.squeeze()
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
