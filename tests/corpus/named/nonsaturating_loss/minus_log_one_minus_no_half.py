# cause: two mistakes: -log(1-D) where -log D belongs; the half is missing
# credit: 0
# kind: two
import torch


def nonsaturating_generator_loss(d_fake):
    return -torch.mean(torch.log(1.0 - d_fake))
