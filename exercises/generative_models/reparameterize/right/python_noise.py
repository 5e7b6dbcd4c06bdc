"""Noise from Python's random module, element by element."""

import random

import torch


def reparameterize(mu, logvar):
    eps = torch.tensor([[random.gauss(0, 1) for _ in range(mu.shape[1])] for _ in range(mu.shape[0])])
    return mu + torch.exp(0.5 * logvar) * eps.type_as(mu)
