def attack():
    import os
    os.utime(T["results"], (1, 1))
    return "changed" if os.stat(T["results"]).st_mtime == 1 else ""
