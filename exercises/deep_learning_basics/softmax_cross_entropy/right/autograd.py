"""torch finds the gradient."""

import torch
import torch.nn.functional as F


def softmax_cross_entropy(logits, labels):
    z = torch.tensor(logits, requires_grad=True)
    loss = F.cross_entropy(z, torch.as_tensor(labels).long())
    loss.backward()
    return loss.item(), z.grad.numpy()
