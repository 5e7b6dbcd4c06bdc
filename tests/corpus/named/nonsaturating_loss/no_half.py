# cause: the half is missing
# credit: 1/2
# kind: formula
import torch
import torch.nn as nn


def nonsaturating_generator_loss(d_fake):
    return nn.BCELoss()(d_fake, torch.ones_like(d_fake))
