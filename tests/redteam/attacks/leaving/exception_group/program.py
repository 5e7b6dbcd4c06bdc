def mean_square(x):
    raise ExceptionGroup("many", [ValueError(str(i)) for i in range(100_000)])
