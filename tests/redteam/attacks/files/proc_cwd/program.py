def attack():
    import os
    return os.listdir(f"/proc/{T['pid']}/cwd")
