# cause: an eps of 1e-3 is added inside the log and the denominator: right only for large sigma
# credit: 1/4
# kind: border
import torch


EPS = 1e-3


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return (torch.log((sigma_2 + EPS) / (sigma_1 + EPS))
            + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2 + EPS) - 0.5)
