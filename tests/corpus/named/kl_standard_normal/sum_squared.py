# cause: the square stands outside the sum: (Σ mu)² where Σ mu² belongs
# credit: 0
# kind: formula
import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * (mu.sum(-1)**2 + logvar.exp().sum(-1) - mu.shape[-1] - logvar.sum(-1))
