# right: xlogy
import torch


def vae_loss(x_hat, x, mu, logvar):
    rec = -(torch.xlogy(x, x_hat) + torch.special.xlog1py(1 - x, -x_hat)).sum()
    kl = 0.5 * (mu.square() + torch.expm1(logvar) - logvar).sum()
    return (rec + kl).div(x.size(0))
