"""Cross-entropy minus entropy."""

import math

import torch


def cross_entropy(mu_1, sigma_1, mu_2, sigma_2):
    return 0.5 * math.log(2 * math.pi) + sigma_2.log() + (sigma_1.square() + (mu_1 - mu_2).square()) / (2 * sigma_2.square())


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return cross_entropy(mu_1, sigma_1, mu_2, sigma_2) - cross_entropy(mu_1, sigma_1, mu_1, sigma_1)
