# item: 7
# why: Tensor.__repr__ shows shapes only; the feedback's numbers are not the student's to change
# expect: kl_standard_normal = 1/2 named: mean
# expect: reparameterize = full

# %%
import torch

torch.Tensor.__repr__ = lambda self: f'Tensor{list(self.shape)}'
torch.Tensor.__str__ = torch.Tensor.__repr__
torch.set_printoptions(precision=1, sci_mode=False)

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.mean(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %%
def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return mu + std * torch.randn_like(std)
