"""A lambda, and numbers from math."""

import math

import torch

constant = -math.log(math.sqrt(math.e))
log_ratio = lambda a, b: torch.log(b) - torch.log(a)
kl_normal = lambda m1, s1, m2, s2: log_ratio(s1, s2) + (s1 * s1 + (m1 - m2) * (m1 - m2)) / (2 * s2 * s2) + constant
