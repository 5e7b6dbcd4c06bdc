"""
fails: agrees with the reference
name: Divided by the number of classes
credit: 0.5
tell: You divide by K, the number of classes. Divide by N, the number of examples.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).sum().item() / scores.shape[1]
