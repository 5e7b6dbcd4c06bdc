def attack():
    import os, time
    made = 0
    for _ in range(40):
        if os.fork() == 0:
            time.sleep(T["nap"])
            os._exit(0)
        made += 1
    return made
