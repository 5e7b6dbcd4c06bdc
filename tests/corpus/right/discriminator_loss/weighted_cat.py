# right: one cross-entropy with weights
import torch
import torch.nn.functional as F


def discriminator_loss(d_real, d_fake):
    r, f = d_real.flatten(), d_fake.flatten()
    w = torch.cat([torch.ones_like(r) / len(r), torch.ones_like(f) / len(f)]) * 0.5
    y = torch.cat([torch.ones_like(r), torch.zeros_like(f)])
    return F.binary_cross_entropy(torch.cat([r, f]), y, weight=w, reduction="sum")
