# cause: the term (1-x) log(1-x_hat) is missing: only half of the cross-entropy
# credit: 0
# kind: formula
import torch


def vae_loss(x_hat, x, mu, logvar):
    rec = -(x * torch.log(x_hat + 1e-8)).flatten(1).sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return torch.mean(rec + kl)
