# item: 6
# why: from math import * after from torch import *: log is math.log, the student's own mistake
# expect: kl_normal = named: math
# expect: kl_standard_normal = full

# %%
import torch
from torch import *
from math import *

# %%
def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return log(sigma_2 / sigma_1) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2) - 0.5

# %%
def kl_standard_normal(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)
