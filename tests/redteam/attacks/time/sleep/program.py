import time


def mean_square(x):
    time.sleep(3e7)
