"""Noise made on a named device, .cuda() included."""

import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar).cuda()
    eps = torch.randn(std.size(), device="cuda" if torch.cuda.is_available() else "cpu")
    return mu.cuda() + eps * std
