# cause: everything is divided by the number of pixels
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    n = x.shape[0]
    rec = F.binary_cross_entropy(x_hat.reshape(n, -1), x.reshape(n, -1), reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / x.numel()
