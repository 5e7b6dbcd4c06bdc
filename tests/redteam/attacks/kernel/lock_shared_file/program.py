def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    import fcntl, torch
    fcntl.flock(os.open(torch.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        fcntl.flock(os.open(torch.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "locked"
