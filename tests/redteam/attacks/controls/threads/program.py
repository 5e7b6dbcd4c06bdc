import threading


def mean_square(x):
    out = []
    thread = threading.Thread(target=lambda: out.append(1))
    thread.start()
    thread.join()
    return (x**2).mean() * out[0]
