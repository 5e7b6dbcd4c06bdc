# cause: the arguments are taken for variances: sigma stands where sigma² belongs, and the log is halved once more
# credit: 0
# kind: formula
import torch


def kl_normal(mu_1, var_1, mu_2, var_2):
    log_term = 0.5 * torch.log(var_2 / var_1)
    quad = (var_1 + (mu_1 - mu_2) ** 2) / (2 * var_2)
    return log_term + quad - 0.5
