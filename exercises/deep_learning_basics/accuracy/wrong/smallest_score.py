"""
fails: agrees with the reference
name: The smallest score
credit: 0.25
tell: You predict the class with the smallest score. It is the one with the largest.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmin(dim=1) == labels).double().mean().item()
