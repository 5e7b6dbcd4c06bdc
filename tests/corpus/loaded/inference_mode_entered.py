# item: 7
# why: inference_mode entered and never left
# expect: kl_standard_normal = full
# expect: reparameterize = full
# expect: discriminator_loss = full

# %%
import torch

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)

# %%
guard = torch.inference_mode()
guard.__enter__()
print(torch.zeros(2).is_inference())

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
