def attack():
    import os
    os.symlink(T["canary"], "mine")
    return open("mine").read()
