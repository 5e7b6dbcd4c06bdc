# item: 7
# why: torch.device('xpu')
# expect: kl_normal = full
# expect: discriminator_loss = full

# %%
import torch
device = torch.device('xpu')

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    mu_1, sigma_1, mu_2, sigma_2 = (t.to(device) for t in (mu_1, sigma_1, mu_2, sigma_2))
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
x = torch.zeros(3, device=device)

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
