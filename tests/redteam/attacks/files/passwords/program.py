def attack():
    return open("/etc/shadow").read()
