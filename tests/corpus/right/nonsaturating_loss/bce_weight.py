# right: binary_cross_entropy with a weight
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    target = torch.ones_like(d_fake)
    return F.binary_cross_entropy(d_fake, target, weight=0.5 * target)
