"""
fails: agrees with the reference
name: In percent
credit: 0.75
tell: You return percent. A share from 0 to 1 is asked for.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).double().mean().item() * 100
