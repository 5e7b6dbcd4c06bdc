"""torch's optimiser, fed by hand."""

import torch


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.options = {"lr": lr, "betas": tuple(betas), "eps": eps}
        self.optimiser = None

    def step(self, params, grads):
        if self.optimiser is None:
            self.leaves = [torch.tensor(p, requires_grad=True) for p in params]
            self.optimiser = torch.optim.Adam(self.leaves, **self.options)
        for leaf, p, g in zip(self.leaves, params, grads):
            leaf.data.copy_(torch.tensor(p))
            leaf.grad = torch.tensor(g)
        self.optimiser.step()
        return [leaf.detach().numpy().copy() for leaf in self.leaves]
