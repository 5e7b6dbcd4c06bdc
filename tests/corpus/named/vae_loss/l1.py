# cause: the absolute error stands where the binary cross-entropy belongs
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (F.l1_loss(x_hat, x, reduction='sum') + kl) / len(x)
