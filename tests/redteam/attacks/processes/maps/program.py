def attack():
    return open(f"/proc/{T['pid']}/maps").read(10)
