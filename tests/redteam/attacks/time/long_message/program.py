def mean_square(x):
    raise ValueError("x" * (300 << 20))
