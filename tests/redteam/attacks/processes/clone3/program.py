def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    args = (ctypes.c_uint64 * 11)()
    args[4] = 17
    pid = call(435, ctypes.byref(args), 88)
    if pid == 0:
        libc._exit(0)
    return "forked"
