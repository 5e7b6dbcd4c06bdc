"""Bernoulli of torch.distributions."""

import torch
from torch.distributions import Bernoulli


def discriminator_loss(d_real, d_fake):
    real = Bernoulli(probs=d_real).log_prob(torch.ones_like(d_real))
    fake = Bernoulli(probs=d_fake).log_prob(torch.zeros_like(d_fake))
    return -0.5 * (real.mean() + fake.mean())
