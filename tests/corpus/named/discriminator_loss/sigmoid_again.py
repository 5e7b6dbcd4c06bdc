# cause: sigmoid of probabilities: D is taken for a logit
# credit: 0
# kind: formula
import torch


def discriminator_loss(d_real, d_fake):
    p_real = torch.sigmoid(d_real)
    p_fake = torch.sigmoid(d_fake)
    return -0.5 * torch.log(p_real).mean() - 0.5 * torch.log(1 - p_fake).mean()
