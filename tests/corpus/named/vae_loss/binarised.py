# cause: x is rounded to 0 or 1 first: right for binary pixels only
# credit: 1/4
# kind: border
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    target = (x > 0.5).to(x_hat.dtype)
    rec = F.binary_cross_entropy(x_hat, target, reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / x.shape[0]
