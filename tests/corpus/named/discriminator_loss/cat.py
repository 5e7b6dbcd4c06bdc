# cause: unequal batches are weighted wrongly: one mean over the concatenation
# credit: 1/2
# kind: reduction
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    d = torch.cat([d_real, d_fake])
    y = torch.cat([torch.ones_like(d_real), torch.zeros_like(d_fake)])
    return F.binary_cross_entropy(d, y)
