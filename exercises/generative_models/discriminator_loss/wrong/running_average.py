"""
fails: agrees with the reference
name: An average over all calls
credit: 0
tell: Your result is an average over this and earlier calls. A loss depends on the arguments alone; smooth the curve
    when you plot it.
"""

import torch

history = []


def discriminator_loss(d_real, d_fake):
    loss = -0.5 * torch.log(d_real).mean() - 0.5 * torch.log(1 - d_fake).mean()
    history.append(loss.detach())
    return torch.stack([h.double() for h in history]).mean()
