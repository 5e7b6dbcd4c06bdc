# cause: summed over the batch where the mean is asked
# credit: 1/2
# kind: reduction
import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).sum() + 0.5 * torch.log(1 - d_fake).sum()
