def attack():
    import os
    os.sched_setaffinity(T["pid"], {0})
    return "bound"
