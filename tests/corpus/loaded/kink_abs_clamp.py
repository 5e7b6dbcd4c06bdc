# item: 10
# why: stable cross-entropy with clamp and abs: the subgradient is 0 at D = 1/2 exactly
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full

# %%
import torch

def stable(p, y):
    p = p.clamp(1e-7, 1 - 1e-7)
    a = torch.log(p / (1 - p))
    return torch.clamp(a, min=0) - a * y + torch.log(1 + torch.exp(-torch.abs(a)))

# %%
def discriminator_loss(d_real, d_fake):
    real = stable(d_real, torch.ones_like(d_real)).mean()
    fake = stable(d_fake, torch.zeros_like(d_fake)).mean()
    return (real + fake) / 2

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return stable(d_fake, torch.ones_like(d_fake)).mean() / 2
