def attack():
    import os, signal
    os.kill(T["pid"], signal.SIGCONT)
    return "sent"
