def mean_square(x):
    return list(range(10**7))
