# cause: half the squared error (a Gaussian decoder) stands where the binary cross-entropy belongs
# credit: 0
# kind: formula
import torch


def vae_loss(x_hat, x, mu, logvar):
    n = x.size(0)
    recon = 0.5 * (x - x_hat).pow(2).sum() / n
    kl = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum() / n
    return recon + kl
