"""numpy, and a number of its type."""

import numpy as np


def accuracy(scores, labels):
    return np.mean(np.argmax(scores.detach().numpy(), axis=1) == labels.numpy())
