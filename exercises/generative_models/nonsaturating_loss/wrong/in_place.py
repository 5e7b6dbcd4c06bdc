"""
fails: leaves its arguments alone
name: Changes d_fake in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def nonsaturating_generator_loss(d_fake):
    return -0.5 * d_fake.log_().mean()
