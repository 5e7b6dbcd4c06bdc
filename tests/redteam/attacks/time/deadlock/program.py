import threading

lock = threading.Lock()
lock.acquire()


def mean_square(x):
    lock.acquire()
