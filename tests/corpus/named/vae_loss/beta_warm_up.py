# cause: something remembered: the KL weight changes from call to call
# credit: 1/4
# kind: random
import torch
import torch.nn.functional as F


class Beta:
    value = 0.0


def vae_loss(x_hat, x, mu, logvar):
    Beta.value = min(1.0, Beta.value + 1e-3)
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + Beta.value * kl) / len(x)
