"""torch finds the gradients."""

import torch


class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.leaves = [torch.tensor(each, requires_grad=True) for each in (x, self.weight, self.bias)]
        x, w, b = self.leaves
        self.y = torch.addmm(b, x, w)
        return self.y.detach().numpy()

    def backward(self, grad_y):
        grads = torch.autograd.grad(self.y, self.leaves, torch.tensor(grad_y))
        grad_x, self.grad_weight, self.grad_bias = (grad.numpy() for grad in grads)
        return grad_x
