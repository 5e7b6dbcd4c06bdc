"""
fails: agrees with the reference
name: Not summed, and the sign turned round
credit: 0
tell: You return one number for each latent dimension, and with the sign turned round. The KL is -½ Σ (1 + logvar -
    mu² - exp(logvar)).
"""

import torch


def kl_standard_normal(mu, logvar):
    return 0.5 * (1 + logvar - mu.pow(2) - logvar.exp())
