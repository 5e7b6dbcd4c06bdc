def attack():
    import os
    fd = os.open(T["results"], os.O_RDONLY)
    os.fchmod(fd, 0o600)
    return "changed" if os.fstat(fd).st_mode & 0o777 == 0o600 else ""
