# cause: something random: labels are flipped for one example in ten
# credit: 1/4
# kind: random
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    labels = (torch.rand_like(d_fake) > 0.1).to(d_fake.dtype)
    return 0.5 * F.binary_cross_entropy(d_fake, labels)
