def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    os.makedirs("here", exist_ok=True)
    libc.mount.restype = ctypes.c_int
    if libc.mount(b"none", b"here", b"tmpfs", 0, None):
        raise OSError(ctypes.get_errno(), "refused")
    return "mounted"
