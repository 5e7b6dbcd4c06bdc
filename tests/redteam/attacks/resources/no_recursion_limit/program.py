import sys

sys.setrecursionlimit(10**9)


def mean_square(x):
    return mean_square(x)
