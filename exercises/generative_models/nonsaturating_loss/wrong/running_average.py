"""
fails: agrees with the reference
name: An average over all calls
credit: 0
tell: Your result is an average over this and earlier calls. A loss depends on the arguments alone; smooth the curve
    when you plot it.
"""

import torch

average = None


def nonsaturating_generator_loss(d_fake):
    global average
    loss = -0.5 * torch.log(d_fake).mean()
    average = loss.detach() if average is None else 0.9 * average + 0.1 * loss.detach()
    return loss - loss.detach() + average
