# cause: divided by a batch size of 128 written out, not by that of the batch
# credit: 1/4
# kind: formula
import torch
import torch.nn.functional as F

batch_size = 128


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy(x_hat, x, reduction='sum')
    kl = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
    return (rec + kl) / batch_size
