# item: 6
# why: from helpers import ... was not handed in: the feedback names helpers, not 'name gaussian_kl is not defined' alone
# expect: vae_loss = named: helpers
# expect: discriminator_loss = full

# %%
import torch
import torch.nn.functional as F
from torch import nn

# %%
from helpers import gaussian_kl, plot_samples

# %%
def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum') / len(x)
    return rec + gaussian_kl(mu, logvar).mean()

# %%
def discriminator_loss(d_real, d_fake):
    return -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
