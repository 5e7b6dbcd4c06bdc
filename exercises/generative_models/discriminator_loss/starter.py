import torch


def discriminator_loss(d_real, d_fake):
    """J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    raise NotImplementedError("Your answer goes here.")
