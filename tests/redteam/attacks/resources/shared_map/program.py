def attack():
    import mmap
    return len(mmap.mmap(-1, 3 << 30))
