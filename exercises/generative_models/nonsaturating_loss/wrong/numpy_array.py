"""
fails: agrees with the reference
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def nonsaturating_generator_loss(d_fake):
    return -0.5 * np.log(d_fake.detach().numpy()).mean()
