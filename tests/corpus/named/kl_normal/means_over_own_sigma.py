# cause: the difference of the means is divided by sigma_1² where sigma_2² belongs
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    r = (sigma_1 / sigma_2) ** 2
    return 0.5 * (r - 1 - torch.log(r) + ((mu_1 - mu_2) / sigma_1) ** 2)
