import sys, warnings


def mean_square(x):
    print("called with", x.shape)
    warnings.warn("careful")
    print("error", file=sys.stderr)
    return (x**2).mean()
