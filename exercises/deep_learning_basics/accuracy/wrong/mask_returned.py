"""
fails: agrees with the reference
name: No mean
credit: 0.25
tell: You return a Boolean for each example. Their mean is asked for.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels)
