# cause: a float comes back where a tensor is asked: the gradient is cut
# credit: 1/2
# kind: gradient
import torch
import math


def nonsaturating_generator_loss(d_fake):
    return -0.5 * sum(math.log(max(d.item(), 1e-12)) for d in d_fake.flatten()) / d_fake.numel()
