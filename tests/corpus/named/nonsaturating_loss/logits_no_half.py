# cause: two mistakes: the loss on logits is applied to probabilities; the half is missing
# credit: 0
# kind: two
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return F.binary_cross_entropy_with_logits(d_fake, torch.ones_like(d_fake))
