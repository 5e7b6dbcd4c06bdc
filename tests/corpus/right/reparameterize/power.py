# right: e to the power
import torch
import math


def reparameterize(mu, logvar):
    return math.e ** (logvar / 2) * torch.randn_like(logvar) + mu
