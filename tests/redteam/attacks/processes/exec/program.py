def attack():
    import os
    if os.fork() == 0:
        os.execv("/bin/sh", ["sh", "-c", "exit 0"])
    return "ran"
