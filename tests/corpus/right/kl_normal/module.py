# right: an nn.Module instance under the function's name
import torch
from torch import nn


class KL(nn.Module):
    def forward(self, mu_1, sigma_1, mu_2, sigma_2):
        v1, v2 = sigma_1.pow(2), sigma_2.pow(2)
        return (v2.log() - v1.log() + (v1 + (mu_1 - mu_2).pow(2)) / v2 - 1) / 2


kl_normal = KL()
