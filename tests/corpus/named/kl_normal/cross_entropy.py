# cause: the cross-entropy of q and p, not KL: the entropy of q is not subtracted
# credit: 0
# kind: formula
import math

import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    # -E_q[log p]
    return 0.5 * math.log(2 * math.pi) + torch.log(sigma_2) + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2)
