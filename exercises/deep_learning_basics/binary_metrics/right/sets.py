"""Sets of places."""

def binary_metrics(predicted, labels):
    found = {i for i, p in enumerate(predicted) if p}
    there = {i for i, label in enumerate(labels) if label}
    hits = len(found & there)
    return dict(
        recall=hits / len(there) if there else 0,
        precision=hits / len(found) if found else 0,
        f1=2 * hits / (len(found) + len(there)) if found or there else 0,
    )
