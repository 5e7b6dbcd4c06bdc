"""
fails: agrees with the reference
name: Scores rounded
credit: 0.25
tell: You round the last score, which fits two classes with one probability at most. Take the argmax over the
    classes.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores[:, -1].round() == labels).double().mean().item()
