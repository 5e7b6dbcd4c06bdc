# item: 7
# why: torch.set_default_device('mps'), and tensors made without a device in the functions
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full
# expect: kl_standard_normal = full

# %%
import torch
import torch.nn.functional as F
from torch import nn
torch.set_default_device('mps')

# %%
def kl_standard_normal(mu, logvar):
    one = torch.ones(())
    return -0.5 * torch.sum(one + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()
