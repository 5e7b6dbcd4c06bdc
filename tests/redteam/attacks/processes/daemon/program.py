def attack():
    import os, time
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(T["nap"])
        os._exit(0)
    return "left"
