# right: clamp and abs: gradient 0 at D = 1/2 exactly, an isolated kink
import torch
import torch.nn.functional as F


def _stable(p, y):
    p = p.clamp(1e-7, 1 - 1e-7)
    logit = torch.log(p) - torch.log1p(-p)
    return (logit.clamp(min=0) - logit * y + torch.log1p(torch.exp(-logit.abs()))).mean()


def discriminator_loss(d_real, d_fake):
    return 0.5 * _stable(d_real, torch.ones_like(d_real)) + 0.5 * _stable(d_fake, torch.zeros_like(d_fake))
