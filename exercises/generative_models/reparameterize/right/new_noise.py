"""mu.new fills itself with noise."""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(logvar * 0.5)
    eps = mu.data.new(mu.size()).normal_()
    return mu + eps * std
