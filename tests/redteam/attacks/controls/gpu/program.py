import torch


def mean_square(x):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return (x.to(device) ** 2).mean()
