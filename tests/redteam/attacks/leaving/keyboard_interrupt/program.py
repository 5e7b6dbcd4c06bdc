def mean_square(x):
    raise KeyboardInterrupt
