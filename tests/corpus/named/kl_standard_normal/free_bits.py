# cause: free bits: each latent dimension counts at least 0.25 nats
# credit: 1/4
# kind: border
import torch


FREE_BITS = 0.25


def kl_standard_normal(mu, logvar):
    per_dim = -0.5 * (1 + logvar - mu**2 - logvar.exp())
    return torch.maximum(per_dim, torch.full_like(per_dim, FREE_BITS)).sum(-1)
