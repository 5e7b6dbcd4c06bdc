"""The logarithm of the root."""

import torch


def nonsaturating_generator_loss(d_fake):
    return -(d_fake.sqrt().log()).mean()
