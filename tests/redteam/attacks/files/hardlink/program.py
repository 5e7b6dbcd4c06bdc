def attack():
    import os
    os.link(T["canary"], "mine")
    return open("mine").read()
