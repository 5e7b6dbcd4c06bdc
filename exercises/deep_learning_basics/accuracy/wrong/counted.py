"""
fails: agrees with the reference
name: The number of right predictions
credit: 0.5
tell: You return how many are right. Divide by the number of examples.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).sum().item()
