# cause: summed over the batch where the mean is asked
# credit: 1/2
# kind: reduction
import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * torch.log(d_fake).sum()
