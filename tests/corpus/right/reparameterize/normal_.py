# right: new().normal_()
import torch


def reparameterize(mu, logvar):
    std = logvar.mul(0.5).exp_()
    eps = std.new(std.size()).normal_()
    return eps.mul(std).add_(mu)
