def attack():
    import os, signal
    os.kill(T["pid"], signal.SIGSTOP)
    os.kill(T["pid"], signal.SIGCONT)
    return "stopped"
