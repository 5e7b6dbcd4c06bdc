"""torch's own layer does the work."""

import torch


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        gamma, beta = torch.tensor(gamma), torch.tensor(beta)
        self.layer = torch.nn.BatchNorm1d(len(gamma), eps=eps, momentum=momentum, dtype=gamma.dtype)
        with torch.no_grad():
            self.layer.weight.copy_(gamma)
            self.layer.bias.copy_(beta)

    @property
    def running_mean(self):
        return self.layer.running_mean.numpy().copy()

    @property
    def running_var(self):
        return self.layer.running_var.numpy().copy()

    def forward(self, x, training=True):
        self.layer.train(training)
        with torch.no_grad():
            return self.layer(torch.tensor(x)).numpy()
