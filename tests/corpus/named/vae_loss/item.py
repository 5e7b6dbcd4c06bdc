# cause: a float comes back where a tensor is asked: the gradient is cut
# credit: 1/2
# kind: gradient
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return ((rec + kl) / len(x)).item()
