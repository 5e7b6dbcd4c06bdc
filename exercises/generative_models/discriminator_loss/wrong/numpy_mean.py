"""
fails: agrees with the reference
name: numpy in place of torch
credit: 0.5
mistake: not_a_tensor
"""

import numpy as np


def discriminator_loss(d_real, d_fake):
    return -0.5 * np.mean(np.log(d_real.numpy())) - 0.5 * np.mean(np.log(1 - d_fake.numpy()))
