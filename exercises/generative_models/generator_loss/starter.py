import torch


def generator_loss(d_real, d_fake):
    """J^(G) = -J^(D) from the probabilities D(x) and D(G(z)): (N,) or (N, 1), (M,) or (M, 1) -> scalar."""
    raise NotImplementedError("Your answer goes here.")
