"""
fails: agrees with the reference
name: One of the two best
credit: 0.5
tell: You count a label among the two largest scores. Only the largest is the prediction.
"""

def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.topk(min(2, scores.shape[1]), dim=1).indices == labels[:, None]).any(dim=1).double().mean().item()
