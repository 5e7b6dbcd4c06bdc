def attack():
    return open(f"/proc/{T['pid']}/root{T['canary']}").read()
