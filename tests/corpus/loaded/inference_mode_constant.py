# item: 7
# why: a constant made in inference_mode is used in the answer: saving it for backward fails in torch itself
# expect: kl_standard_normal = named: inference
# expect: kl_normal = full

# %%
import torch
with torch.inference_mode():
    HALF = torch.tensor(0.5)

# %%
def kl_standard_normal(mu, logvar):
    return (HALF * (mu**2 + logvar.exp() - 1 - logvar)).sum(-1)

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
