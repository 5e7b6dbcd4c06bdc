"""
fails: agrees near the edges 0 and 1
name: Probabilities clamped too far from the edge
credit: 0.5
tell: Near 0 your loss is off: you clamp the probabilities to [0.001, 0.999]. Clamp at 1e-7 or so, if at all.
"""

import torch


def nonsaturating_generator_loss(d_fake):
    d_fake = d_fake.clamp(1e-3, 1 - 1e-3)
    return -0.5 * d_fake.log().mean()
