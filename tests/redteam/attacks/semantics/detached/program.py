def mean_square(x):
    return (x.detach() ** 2).mean()
