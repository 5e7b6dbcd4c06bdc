def attack():
    return open(f"/proc/{T['pid']}/environ").read()
