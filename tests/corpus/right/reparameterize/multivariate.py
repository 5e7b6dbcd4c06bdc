# right: MultivariateNormal with scale_tril
import torch
from torch.distributions import MultivariateNormal


def reparameterize(mu, logvar):
    return MultivariateNormal(mu, scale_tril=torch.diag_embed(torch.exp(0.5 * logvar))).rsample()
