# right: torch.distributions.Bernoulli
import torch
from torch.distributions import Bernoulli


def vae_loss(x_hat, x, mu, logvar):
    log_px = Bernoulli(probs=x_hat, validate_args=False).log_prob(x).flatten(1).sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return -(log_px - kl).mean()
