# right: guards of 1e-8 in the logarithms
import torch


def vae_loss(x_hat, x, mu, logvar):
    eps = 1e-8
    rec = -(x * (x_hat + eps).log() + (1 - x) * (1 - x_hat + eps).log()).flatten(1).sum(-1)
    kl = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum(-1)
    return (rec + kl).mean(0)
