# cause: right up to a border: D is clamped from below at 0.01, where the gradient vanishes
# credit: 1/4
# kind: border
import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(torch.clamp(d_fake, min=0.01)).mean()
