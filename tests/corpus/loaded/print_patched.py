# item: 7
# why: builtins.print is replaced for progress output and stdout is thrown away
# expect: kl_normal = full
# expect: discriminator_loss = 1/2 named: halves

# %%
import builtins, functools, io, sys
import torch

old_print = builtins.print
builtins.print = functools.partial(old_print, '[ex9]', flush=True)
print('ready')

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
sys.stdout = io.StringIO()

def discriminator_loss(d_real, d_fake):
    return -torch.log(d_real).mean() - torch.log(1 - d_fake).mean()
