"""
fails: agrees with the reference
name: Every prediction with every label
credit: 0.25
tell: keepdim=True makes a column of the predictions, which is compared with every label. Leave it out: both have
    shape (N,).
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1, keepdim=True) == labels).double().mean().item()
