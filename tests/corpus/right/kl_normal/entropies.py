# right: cross-entropy minus entropy
import torch
import math


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    entropy = 0.5 * math.log(2 * math.pi * math.e) + sigma_1.log()
    cross = 0.5 * math.log(2 * math.pi) + sigma_2.log() + (sigma_1**2 + (mu_1 - mu_2)**2) / (2 * sigma_2**2)
    return cross - entropy
