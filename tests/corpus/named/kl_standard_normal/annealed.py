# cause: something remembered: the KL weight grows from call to call
# credit: 1/4
# kind: random
import torch


step = 0


def kl_standard_normal(mu, logvar):
    global step
    step += 1
    beta = min(1.0, step / 1000)
    return beta * 0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar, dim=-1)
