# item: 6
# why: await, async for and a definition stand in one cell
# expect: kl_standard_normal = full

# %%
import torch

async def steps(n):
    for i in range(n):
        yield i

# %%
total = 0
async for i in steps(3):
    total += i
assert total == 3

def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

results = [i async for i in steps(2)]
