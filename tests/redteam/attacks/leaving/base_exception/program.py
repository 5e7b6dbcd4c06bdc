class Away(BaseException):
    pass


def mean_square(x):
    raise Away
