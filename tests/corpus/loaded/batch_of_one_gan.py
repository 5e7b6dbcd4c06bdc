# item: 10
# why: squeeze() against torch.ones(len(d)): fails for a batch of one only
# expect: discriminator_loss = 3/4 named: batch of one
# expect: generator_loss = 3/4 named: batch of one
# expect: nonsaturating_loss = 3/4 named: batch of one

# %%
import torch
bce = torch.nn.BCELoss()

# %%
def discriminator_loss(d_real, d_fake):
    real = bce(d_real.squeeze(), torch.ones(len(d_real)))
    fake = bce(d_fake.squeeze(), torch.zeros(len(d_fake)))
    return 0.5 * real + 0.5 * fake

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return 0.5 * bce(d_fake.squeeze(), torch.ones(len(d_fake)))
