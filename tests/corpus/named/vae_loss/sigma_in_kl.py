# cause: sigma stands where sigma² belongs in the KL
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    std = torch.exp(0.5 * logvar)
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = -0.5 * torch.sum(1 + torch.log(std) - mu**2 - std)
    return (rec + kl) / mu.shape[0]
