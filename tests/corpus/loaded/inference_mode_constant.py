# item: 7
# why: a constant made in inference_mode is used in the answer: saving it for backward fails in torch itself
# expect: kl_standard_normal = full or named: inference
# expect: kl_normal = full

# %%
import torch
with torch.inference_mode():
    HALF = torch.tensor(0.5)

# %%
def kl_standard_normal(mu, logvar):
    return (-HALF * (1 + logvar - mu**2 - logvar.exp())).sum(-1)

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5
