# right: written with precisions and one factor 1/2
import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    tau = sigma_2.reciprocal().square()
    rho = sigma_1.square() * tau
    return 0.5 * (rho - rho.log() - 1 + tau * (mu_1 - mu_2).square())
