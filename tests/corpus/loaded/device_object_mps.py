# item: 7
# why: torch.device('mps') and .to(device) in the answers
# expect: reparameterize = full
# expect: vae_loss = full

# %%
import torch
import torch.nn.functional as F
from torch import nn
device = torch.device('mps')

# %%
def reparameterize(mu, logvar):
    eps = torch.randn(mu.shape).to(device)
    return mu.to(device) + torch.exp(logvar.to(device) / 2) * eps

# %%
def vae_loss(x_hat, x, mu, logvar):
    x_hat, x = x_hat.to(device), x.to(device)
    rec = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / x.size(0)
