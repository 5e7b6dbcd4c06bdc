# right: logit, then the cross-entropy on logits
import torch
import torch.nn.functional as F


def vae_loss(x_hat, x, mu, logvar):
    rec = F.binary_cross_entropy_with_logits(torch.logit(x_hat), x, reduction="sum") / x.shape[0]
    kl = (0.5 * torch.sum(mu**2 + logvar.exp() - 1 - logvar)) / x.shape[0]
    return rec + kl
