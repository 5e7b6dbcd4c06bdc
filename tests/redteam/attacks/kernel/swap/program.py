def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    call(N["swapon"], b"/none", 0)
    return "switched"
