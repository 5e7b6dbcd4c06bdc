# cause: two mistakes: KL(p‖q), the arguments swapped; the -1/2 is missing
# credit: 0
# kind: two
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) + (sigma_2.pow(2) + (mu_2 - mu_1).pow(2)) / (2 * sigma_1.pow(2))
