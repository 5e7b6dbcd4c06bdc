"""The old way to make noise."""

import torch
from torch.autograd import Variable


def reparameterize(mu, logvar):
    std = logvar.mul(0.5).exp_()
    eps = torch.FloatTensor(std.size()).normal_()
    eps = Variable(eps)
    return eps.mul(std).add_(mu)
