# cause: two mistakes: the cross-entropy on logits is applied to probabilities; it is averaged over the pixels
# credit: 0
# kind: two
import torch
from torch import nn

bce = nn.BCEWithLogitsLoss()


def vae_loss(x_hat, x, mu, logvar):
    kl = torch.mean(-0.5 * torch.sum(1 + logvar - mu ** 2 - logvar.exp(), dim=1))
    return bce(x_hat, x) + kl
