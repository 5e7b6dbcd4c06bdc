# cause: softplus of probabilities: D is taken for a logit
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    return 0.5 * F.softplus(-d_real).mean() + 0.5 * F.softplus(d_fake).mean()
