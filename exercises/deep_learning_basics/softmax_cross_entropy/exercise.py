from dataclasses import replace

import torch

from autograder.checks import Battery, agrees, arguments, class_labels, leaves_alone, real
from reference.softmax import softmax, softmax_cross_entropy, softmax_cross_entropy_gradient

signature = "softmax_cross_entropy(logits, labels)"


def oracle(logits, labels):
    return softmax_cross_entropy(logits, labels), softmax_cross_entropy_gradient(logits, labels)


def loss_terms(logits, labels):
    right = logits.gather(1, labels.unsqueeze(1))
    return torch.logsumexp(logits, 1).abs().mean(), right.abs().mean()


def gradient_terms(logits, labels):
    return softmax(logits) / len(labels), torch.nn.functional.one_hot(labels, logits.shape[1]) / len(labels)


public = Battery(
    "softmax_cross_entropy",
    oracle,
    {"loss": loss_terms, "gradient": gradient_terms},
    arguments(
        real(6),
        class_labels("K"),
        shapes=[("N", "K"), ("N",)],
        sizes=[(1, 2), (2, 3), (3, 3), (5, 4), (8, 3)],
    ),
    arrays="numpy",
    returns=("loss", "gradient"),
)
large = replace(
    public,
    inputs=None,
    examples=(([[1000.0, 0.0]], [0]), ([[0.0, 1.0], [5000.0, 5001.0]], [1, 0]), ([[-2000.0, 2000.0, 0.0]], [1])),
)

checks = [
    agrees(public["loss"], name="the loss agrees with the reference", unit="nats"),
    agrees(public["gradient"], name="the gradient agrees with the reference"),
    agrees(
        large,
        name="stays finite for large logits",
        points=0.5,
        hint="Take the largest logit of each row off before the exponential.",
    ),
    leaves_alone(public),
]
