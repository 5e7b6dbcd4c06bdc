def attack():
    import os, time
    pid = os.fork()
    if pid == 0:
        time.sleep(T["nap"])
        os._exit(0)
    return "forked"
