"""
fails: agrees with the reference
name: The share of wrong predictions
credit: 0.5
tell: You return the share of wrong predictions, the error rate: 1 - accuracy.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) != labels).double().mean().item()
