def attack():
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    def call(*a):
        r = libc.syscall(*[ctypes.c_long(x) if isinstance(x, int) else x for x in a])
        if r < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return r
    class Piece(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
    buffer = ctypes.create_string_buffer(8)
    here, there = Piece(ctypes.addressof(buffer), 8), Piece(T["address"], 8)
    call(N["process_vm_readv"], T["pid"], ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
    return "read"
