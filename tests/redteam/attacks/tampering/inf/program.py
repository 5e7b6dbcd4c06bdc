def mean_square(x):
    return x.mean() * 0 + float("inf")
