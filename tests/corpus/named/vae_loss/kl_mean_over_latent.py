# cause: the KL is averaged over the latent axis where the sum is asked
# credit: 0
# kind: formula
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='none').flatten(1).sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).mean(1)
    return (rec + kl).mean()
