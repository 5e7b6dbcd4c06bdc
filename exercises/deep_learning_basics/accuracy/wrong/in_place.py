"""
fails: leaves its arguments alone
name: Sorts in place
credit: 0.75
mistake: changes_its_arguments
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    scores.sub_(scores.max())
    return (scores.argmax(dim=1) == labels).double().mean().item()
