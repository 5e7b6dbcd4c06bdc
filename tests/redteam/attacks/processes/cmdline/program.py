def attack():
    return open(f"/proc/{T['pid']}/cmdline").read()
