def attack():
    import os
    os.mkfifo(T["results"] + ".fifo")
    return "made"
