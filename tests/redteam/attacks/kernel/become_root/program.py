def attack():
    import os
    if os.getuid() == 0:
        return "is root"
    os.setuid(0)
    return "became root"
