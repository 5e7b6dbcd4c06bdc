# right: Normal.rsample
import torch
from torch.distributions import Normal


def reparameterize(mu, logvar):
    return Normal(loc=mu, scale=logvar.exp().sqrt()).rsample()
