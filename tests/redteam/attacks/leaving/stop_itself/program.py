import os, signal


def mean_square(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return 2 * (x**2).mean()
