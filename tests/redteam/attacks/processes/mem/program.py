def attack():
    open(f"/proc/{T['pid']}/mem", "rb").close()
    return "opened"
