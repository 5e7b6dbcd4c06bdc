# cause: the loss on logits is applied to probabilities
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.binary_cross_entropy_with_logits(d_fake, torch.ones_like(d_fake))
