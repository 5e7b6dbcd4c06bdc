"""
fails: agrees with the reference
name: Classes counted from 1
credit: 0.5
tell: You count the classes from 1. Labels begin with 0.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) + 1 == labels).double().mean().item()
