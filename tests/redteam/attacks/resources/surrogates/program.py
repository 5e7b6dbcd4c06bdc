def mean_square(x):
    return "\ud800" * 10
