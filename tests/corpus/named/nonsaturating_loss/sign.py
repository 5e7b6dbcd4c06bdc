# cause: the sign is lost
# credit: 0
# kind: formula
import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * torch.log(d_fake).mean()
