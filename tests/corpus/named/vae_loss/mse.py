# cause: the squared error stands where the binary cross-entropy belongs
# credit: 0
# kind: formula
import torch


def vae_loss(x_hat, x, mu, logvar):
    mse = ((x_hat - x) ** 2).flatten(1).sum(1)
    kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar).sum(1)
    return (mse + kl).mean()
