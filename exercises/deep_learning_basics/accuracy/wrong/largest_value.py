"""
fails: agrees with the reference
name: The largest score compared with the label
credit: 0.25
tell: You compare the largest score with the label. Compare its place: argmax, or the indices of max.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.max(dim=1).values == labels).double().mean().item()
