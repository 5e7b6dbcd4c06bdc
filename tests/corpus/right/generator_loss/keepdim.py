# right: a tensor of one element comes back
import torch


def generator_loss(d_real, d_fake):
    a = torch.log(d_real).reshape(-1).mean(dim=0, keepdim=True)
    b = torch.log1p(-d_fake).reshape(-1).mean(dim=0, keepdim=True)
    return (a + b) / 2
