# cause: two mistakes: summed over the batch where the mean is asked; the half is missing
# credit: 1/2
# kind: two
import torch


def nonsaturating_generator_loss(d_fake):
    return -sum(torch.log(d_fake))
