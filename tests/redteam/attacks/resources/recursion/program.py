def mean_square(x):
    return mean_square(x)
