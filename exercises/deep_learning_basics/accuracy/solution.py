def accuracy(scores, labels):
    """The share of right predictions: (N, K), (N,) -> Python float."""
    return (scores.argmax(dim=1) == labels).double().mean().item()
