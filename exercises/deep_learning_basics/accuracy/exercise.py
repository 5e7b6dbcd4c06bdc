import torch

from autograder.checks import Battery, agrees, arguments, class_labels, is_number, leaves_alone, real
from reference import classification

signature = "accuracy(scores, labels)"


def oracle(scores, labels):
    return float(classification.accuracy(scores, labels))


def no_ties(scores, labels):
    return scores + torch.arange(scores.shape[1]) / 64, labels


public = Battery(
    "accuracy",
    oracle,
    inputs=arguments(
        real(6),
        class_labels("K"),
        shapes=[("N", "K"), ("N",)],
        sizes=[(2, 2), (3, 3), (5, 4), (12, 3), (1, 3)],
        make=no_ties,
    ),
    count=20,
)

checks = [agrees(public), is_number(public), leaves_alone(public)]
