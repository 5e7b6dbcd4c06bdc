"""
fails: agrees with the reference
name: Whole-number division
credit: 0.5
tell: // divides to whole numbers, so that everything below 1 becomes 0. Use /.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).sum().item() // len(labels)
