# cause: d_fake is detached: no gradient reaches the generator
# credit: 1/2
# kind: gradient
import torch


def generator_loss(d_real, d_fake):
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(1 - d_fake.detach()).mean()
