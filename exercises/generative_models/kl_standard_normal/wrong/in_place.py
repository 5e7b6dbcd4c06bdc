"""
fails: leaves its arguments alone
name: Changes logvar in place
credit: 0.75
mistake: changes_its_arguments
"""

import torch


def kl_standard_normal(mu, logvar):
    terms = mu.pow(2) - 1 - logvar
    terms += logvar.exp_()
    return 0.5 * terms.sum(dim=-1)
