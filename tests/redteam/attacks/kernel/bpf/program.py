def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    attr = (ctypes.c_uint32 * 30)(2, 4, 4, 1)
    call(N["bpf"], 0, ctypes.byref(attr), 120)
    return "made"
