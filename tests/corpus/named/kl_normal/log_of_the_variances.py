# cause: the half before the log of the variances is missing: log(sigma_2²/sigma_1²) where log(sigma_2/sigma_1) belongs
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    var_1, var_2 = sigma_1 ** 2, sigma_2 ** 2
    return torch.log(var_2 / var_1) + (var_1 + (mu_1 - mu_2) ** 2) / (2 * var_2) - 1 / 2
