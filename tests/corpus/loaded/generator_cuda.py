# item: 7
# why: a generator on the GPU feeds the noise
# expect: reparameterize = full

# %%
import torch
device = 'cuda'
gen = torch.Generator(device=device)
gen.manual_seed(42)

# %%
def reparameterize(mu, logvar):
    eps = torch.randn(mu.shape, generator=gen, device=device, dtype=mu.dtype)
    return mu + torch.exp(0.5 * logvar) * eps.to(mu.device)
