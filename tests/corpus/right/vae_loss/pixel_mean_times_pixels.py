# right: the mean over everything times the number of pixels
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    n_pixels = x[0].numel()
    rec = F.binary_cross_entropy(x_hat, x) * n_pixels
    kl = -0.5 * torch.mean(1 + logvar - mu.pow(2) - logvar.exp()) * mu.shape[1]
    return rec + kl
