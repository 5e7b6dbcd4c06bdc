# cause: the gradient reaches mu only: exp(logvar) and logvar are detached
# credit: 1/2
# kind: gradient
import torch


def kl_standard_normal(mu, logvar):
    lv = logvar.data
    return 0.5 * torch.sum(mu**2 + lv.exp() - 1 - lv, dim=-1)
