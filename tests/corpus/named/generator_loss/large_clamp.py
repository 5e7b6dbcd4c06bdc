# cause: right up to a border: the logarithms are clamped at -2
# credit: 1/4
# kind: border
import torch


def generator_loss(d_real, d_fake):
    a = torch.clamp(torch.log(d_real), min=-2)
    b = torch.clamp(torch.log(1 - d_fake), min=-2)
    return 0.5 * a.mean() + 0.5 * b.mean()
