# cause: 1 - log D where -log D belongs
# credit: 0
# kind: formula
import torch


def nonsaturating_generator_loss(d_fake):
    return 0.5 * (1 - torch.log(d_fake)).mean()
