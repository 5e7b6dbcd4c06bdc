# item: 7
# why: torch.set_default_tensor_type('torch.cuda.FloatTensor'), the old way
# expect: kl_normal = full
# expect: discriminator_loss = full
# expect: generator_loss = full
# expect: nonsaturating_loss = full
# expect: gan_training = full

# %%
import torch
torch.set_default_tensor_type('torch.cuda.FloatTensor')

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()

# %%
def generator_loss(d_real, d_fake):
    return -discriminator_loss(d_real, d_fake)

# %%
def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).mean()
