import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    """Negative ELBO with a Bernoulli decoder: x_hat, x (N, ...), mu, logvar (N, d) -> scalar, averaged over the batch."""
    reconstruction = F.binary_cross_entropy(x_hat, x, reduction="sum")
    kl = 0.5 * torch.sum(mu**2 + torch.exp(logvar) - 1 - logvar)
    return (reconstruction + kl) / x.shape[0]
