# item: 7
# why: noise made on the GPU and .cuda() calls
# expect: reparameterize = full
# expect: kl_standard_normal = full

# %%
import torch

# %%
def reparameterize(mu, logvar):
    eps = torch.cuda.FloatTensor(mu.shape).normal_()
    return mu.cuda() + (logvar.cuda() * 0.5).exp() * eps

# %%
def kl_standard_normal(mu, logvar):
    mu, logvar = mu.cuda(), logvar.cuda()
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
