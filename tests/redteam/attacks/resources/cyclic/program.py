def mean_square(x):
    value = []
    value.append(value)
    return value
