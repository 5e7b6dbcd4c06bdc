import numpy as np


class Adam:
    """The optimiser of Kingma and Ba (2015)."""

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr
        self.betas = betas
        self.eps = eps

    def step(self, params, grads):
        """Two lists of arrays -> the list of the new parameters."""
        raise NotImplementedError("Your answer goes here.")
