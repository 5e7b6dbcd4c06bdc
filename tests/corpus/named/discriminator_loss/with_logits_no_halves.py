# cause: two mistakes: the loss on logits is applied to probabilities; the halves are missing
# credit: 0
# kind: two
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    real_loss = F.binary_cross_entropy_with_logits(d_real, torch.ones_like(d_real))
    fake_loss = F.binary_cross_entropy_with_logits(d_fake, torch.zeros_like(d_fake))
    return real_loss + fake_loss
