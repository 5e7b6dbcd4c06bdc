"""
fails: agrees with the reference
name: The largest score of each class
credit: 0.25
tell: argmax over dim 0 says which example has the largest score of each class. The class of each example is argmax
    over dim 1.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=0) == labels).double().mean().item()
