def attack():
    import numpy
    return numpy.empty(3 << 30, dtype="uint8").size
