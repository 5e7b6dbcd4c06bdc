"""Row by row."""

def accuracy(scores, labels):
    hits = 0
    for row, label in zip(scores.tolist(), labels.tolist()):
        if max(range(len(row)), key=row.__getitem__) == label:
            hits += 1
    return hits / len(labels)
