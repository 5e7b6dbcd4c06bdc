"""
fails: leaves its arguments alone
name: Changes d_fake in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def generator_loss(d_real, d_fake):
    d_fake *= -1
    d_fake += 1
    return 0.5 * torch.log(d_real).mean() + 0.5 * torch.log(d_fake).mean()
