# item: 11
# why: inf at D = 0 or 1 is allowed
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full

# %%
import torch
log = torch.log

# %%
def discriminator_loss(d_real, d_fake):
    return -(log(d_real).mean() + log(1 - d_fake).mean()) / 2

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()
