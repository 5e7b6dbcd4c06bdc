# cause: exp(logvar)/2 written for exp(logvar/2)
# credit: 0
# kind: formula
import torch


def reparameterize(mu, log_sigma):
    return mu + torch.exp(log_sigma) / 2 * torch.randn_like(mu)
