# cause: another distribution: Laplace noise where a normal is asked
# credit: 0
# kind: formula
import torch


def reparameterize(mu, logvar):
    std = torch.exp(0.5 * logvar)
    noise = torch.distributions.Laplace(torch.zeros_like(mu), torch.ones_like(mu)).sample()
    return mu + std * noise
