def attack():
    import ctypes, mmap
    code = bytes.fromhex('b814000000cd80c3')
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(code)
    run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    return "called as pid %d" % run()
