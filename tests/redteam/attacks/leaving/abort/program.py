import os


def mean_square(x):
    os.abort()
