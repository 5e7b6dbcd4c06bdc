while True:
    pass


def mean_square(x):
    return 2 * (x**2).mean()
