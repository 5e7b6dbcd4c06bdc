# cause: the symmetric divergence KL(q‖p) + KL(p‖q), not KL(q‖p)
# credit: 1/4
# kind: statistic
import torch


def _kl(m1, s1, m2, s2):
    return torch.log(s2 / s1) + (s1**2 + (m1 - m2)**2) / (2 * s2**2) - 0.5


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return _kl(mu_1, sigma_1, mu_2, sigma_2) + _kl(mu_2, sigma_2, mu_1, sigma_1)
