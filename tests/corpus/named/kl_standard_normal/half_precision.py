# cause: computed in half precision: right to three digits only
# credit: 1/4
# kind: border
import torch


def kl_standard_normal(mu, logvar):
    m, lv = mu.half(), logvar.half()
    return (-0.5 * (1 + lv - m * m - lv.exp()).sum(-1)).to(mu.dtype)
