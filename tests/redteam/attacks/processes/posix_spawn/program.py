def attack():
    import os
    return os.posix_spawn("/bin/true", ["true"], {})
