# cause: right up to a border: D is clamped to [0.05, 0.95]
# credit: 1/4
# kind: border
import torch


def discriminator_loss(d_real, d_fake):
    d_real = torch.clamp(d_real, 0.05, 0.95)
    d_fake = torch.clamp(d_fake, 0.05, 0.95)
    return -0.5 * (torch.log(d_real).mean() + torch.log(1 - d_fake).mean())
