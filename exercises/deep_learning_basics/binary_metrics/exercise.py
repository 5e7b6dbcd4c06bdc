from dataclasses import replace

from autograder.checks import Battery, agrees, arguments, booleans
from reference.classification import precision_recall_f1

signature = "binary_metrics(predicted, labels)"


def oracle(predicted, labels):
    return dict(zip(("precision", "recall", "f1"), precision_recall_f1(predicted, labels), strict=True))


def one_hit(predicted, labels):
    """Something is found, and something is there."""
    predicted[0] = labels[0] = True
    return predicted, labels


public = Battery(
    "binary_metrics",
    oracle,
    inputs=arguments(booleans(), booleans(0.4), shapes=[("N",), ("N",)], sizes=[(3,), (5,), (8,), (20,)], make=one_hit),
    arrays="numpy",
)
none, every = [False] * 3, [True] * 3
nothing = replace(public, inputs=None, examples=((none, none), (none, every), (every, none)))

checks = [
    agrees(public["precision"], name="precision agrees with the reference"),
    agrees(public["recall"], name="recall agrees with the reference"),
    agrees(public["f1"], name="f1 agrees with the reference"),
    agrees(nothing, name="is 0 where nothing is counted", points=0.5),
]
