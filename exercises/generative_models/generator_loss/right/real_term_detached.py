"""The real term, which does not depend on G, as a constant."""

import torch


def generator_loss(d_real, d_fake):
    real = torch.log(d_real).mean().item()
    return 0.5 * real + 0.5 * torch.log(1 - d_fake).mean()
