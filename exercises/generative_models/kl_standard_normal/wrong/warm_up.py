"""
fails: agrees with the reference
name: KL warm-up built in
credit: 0
tell: Your result depends on how often the function was called before: the weight grows with a counter. Leave KL
    annealing to the training loop.
"""

import torch

step = 0


def kl_standard_normal(mu, logvar):
    global step
    step += 1
    beta = min(1.0, step / 100)
    return -0.5 * beta * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=-1)
