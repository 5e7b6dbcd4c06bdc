# item: 6
# why: asyncio.gather over downloads that fail without a network, in a cell of its own; the answers stand elsewhere
# expect: kl_normal = full
# expect: kl_standard_normal = full

# %%
import asyncio, urllib.request
import torch

async def fetch(url):
    return await asyncio.to_thread(lambda: urllib.request.urlopen(url, timeout=2).read())

# %%
data = await asyncio.gather(fetch('https://example.org/a'), fetch('https://example.org/b'))

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
