"""
fails: agrees with the reference
name: The reconstruction's sign turned round
credit: 0
tell: The log-likelihood of the pixels enters with the wrong sign: the loss holds -E_q[log p(x|z)], the cross-entropy,
    which is positive.
"""

import torch


def vae_loss(x_hat, x, mu, logvar):
    log_likelihood = (x * torch.log(x_hat) + (1 - x) * torch.log(1 - x_hat)).sum()
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return (log_likelihood + kl) / x.size(0)
