"""
fails: is a Python number
name: A tensor in place of a number
credit: 0.75
tell: You return a tensor. A Python number is asked for: end with .item().
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).double().mean()
