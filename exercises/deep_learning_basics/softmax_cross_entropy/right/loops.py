"""Python numbers and loops, returned as lists."""

import math


def softmax_cross_entropy(logits, labels):
    loss, gradient, n = 0.0, [], len(labels)
    for row, label in zip(logits.tolist(), labels.tolist()):
        top = max(row)
        total = sum(math.exp(z - top) for z in row)
        loss += (math.log(total) - (row[label] - top)) / n
        gradient.append([(math.exp(z - top) / total - (k == label)) / n for k, z in enumerate(row)])
    return loss, gradient
