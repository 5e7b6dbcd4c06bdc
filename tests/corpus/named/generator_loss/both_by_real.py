# cause: unequal batches are weighted wrongly: both sums are divided by the size of the real batch
# credit: 1/2
# kind: reduction
import torch


def generator_loss(d_real, d_fake):
    m = d_real.shape[0]
    return 0.5 * (torch.log(d_real).sum() + torch.log(1 - d_fake).sum()) / m
