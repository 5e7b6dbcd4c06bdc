def mean_square(x):
    return (x**2).mean() + 0j
