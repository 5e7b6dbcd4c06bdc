# right: the root of the product of probabilities, in logarithms
import torch


def nonsaturating_generator_loss(d_fake):
    n = d_fake.numel()
    return -d_fake.log().sum() / (2 * n)
