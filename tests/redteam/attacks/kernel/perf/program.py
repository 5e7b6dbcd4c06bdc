def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    attr = (ctypes.c_uint32 * 32)(1, 128, 0)
    call(N["perf_event_open"], ctypes.byref(attr), 0, -1, -1, 0)
    return "watching"
