def attack():
    import os
    os.setpriority(os.PRIO_PROCESS, T["pid"], 19)
    return "reniced"
