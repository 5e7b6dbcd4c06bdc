import torch


def gaussian_kl(q, p):
    (m, s), (n, t) = q, p
    return torch.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5
