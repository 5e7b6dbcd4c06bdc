def attack():
    import os, signal
    os.kill(os.getppid(), 0)
    return "reached" if os.getppid() > 1 else ""
