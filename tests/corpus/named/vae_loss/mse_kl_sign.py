# cause: two mistakes: the squared error stands where the cross-entropy belongs; the sign of the KL is turned round
# credit: 0
# kind: two
import torch


def vae_loss(x_hat, x, mu, logvar):
    recon = ((x - x_hat) ** 2).flatten(1).sum(1).mean()
    kl = 0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1).mean()
    return recon + kl
