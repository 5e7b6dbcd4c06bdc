# cause: Normal(...).sample() cuts the gradient; rsample passes it
# credit: 1/2
# kind: gradient
import torch
from torch.distributions import Normal


def reparameterize(mu, logvar):
    return Normal(mu, torch.exp(0.5 * logvar)).sample()
