def attack():
    import mmap
    with open(T["canary"], "rb") as file:
        return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:10]
