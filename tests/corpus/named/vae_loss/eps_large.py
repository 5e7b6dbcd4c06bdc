# cause: an eps of 1e-2 inside the logarithms
# credit: 1/4
# kind: border
import torch


def vae_loss(x_hat, x, mu, logvar):
    eps = 1e-2
    rec = -(x * torch.log(x_hat + eps) + (1 - x) * torch.log(1 - x_hat + eps))
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp())
    return (rec.sum() + kl.sum()) / x.shape[0]
