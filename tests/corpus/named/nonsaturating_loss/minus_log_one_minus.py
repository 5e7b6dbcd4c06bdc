# cause: -log(1-D) where -log D belongs
# credit: 0
# kind: formula
import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(1 - d_fake).mean()
