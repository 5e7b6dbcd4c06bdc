"""
fails: agrees with the reference
name: Detached and computed with numpy
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    m1 = mu_1.detach().cpu().numpy()
    s1 = sigma_1.detach().cpu().numpy()
    m2 = mu_2.detach().cpu().numpy()
    s2 = sigma_2.detach().cpu().numpy()
    return np.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5
