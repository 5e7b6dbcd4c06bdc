# right: softplus of minus the logit
import torch
import torch.nn.functional as F


def nonsaturating_generator_loss(d_fake):
    return 0.5 * F.softplus(-torch.logit(d_fake)).mean()
