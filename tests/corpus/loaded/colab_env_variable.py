# item: 8
# why: COLAB_GPU in the environment is asked
# expect: kl_standard_normal = full

# %%
import os
import torch
base = '/content/drive/MyDrive' if 'COLAB_GPU' in os.environ else '.'
if not os.path.isdir(base):
    raise FileNotFoundError(base)

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
