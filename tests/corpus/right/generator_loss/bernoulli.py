# right: Bernoulli log_prob
import torch
from torch.distributions import Bernoulli


def generator_loss(d_real, d_fake):
    real = Bernoulli(probs=d_real).log_prob(torch.ones_like(d_real)).mean()
    fake = Bernoulli(probs=d_fake).log_prob(torch.zeros_like(d_fake)).mean()
    return (real + fake) * 0.5
