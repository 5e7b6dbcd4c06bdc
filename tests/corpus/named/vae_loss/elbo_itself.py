# cause: the sign of the whole ELBO is turned round: it is to be minimised
# credit: 0
# kind: formula
import torch


def vae_loss(x_hat, x, mu, logvar):
    log_px = (x * torch.log(x_hat) + (1 - x) * torch.log(1 - x_hat)).flatten(1).sum(1)
    kl = 0.5 * (mu**2 + logvar.exp() - 1 - logvar).sum(1)
    return (log_px - kl).mean()
