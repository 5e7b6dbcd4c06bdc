def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    NR = N["ptrace"]
    call(NR, 16, T["pid"], 0, 0)
    os.waitpid(T["pid"], 0x40000000) if False else None
    call(NR, 17, T["pid"], 0, 0) if False else None
    return "attached"
