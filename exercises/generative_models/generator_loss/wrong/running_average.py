"""
fails: agrees with the reference
name: An average over all calls
credit: 0
tell: Your result is an average over this and earlier calls. A loss depends on the arguments alone; smooth the curve
    when you plot it.
"""

import torch

total = 0.0
count = 0


def generator_loss(d_real, d_fake):
    global total, count
    loss = 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake).mean()
    total += loss.item()
    count += 1
    return loss - loss.detach() + total / count
