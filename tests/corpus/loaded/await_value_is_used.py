# item: 6
# why: what a top-level await gives is used by the answer
# expect: discriminator_loss = full
# expect: nonsaturating_loss = full

# %%
import asyncio
import torch

async def settings():
    await asyncio.sleep(0)
    return {'half': 0.5}

config = await settings()

# %%
def discriminator_loss(d_real, d_fake):
    return -config['half'] * (torch.log(d_real).mean() + torch.log(1 - d_fake).mean())


def nonsaturating_generator_loss(d_fake):
    return -config['half'] * torch.log(d_fake).mean()
