def attack():
    import os
    fd = os.open(T["results"], os.O_RDONLY | os.O_TRUNC)
    return "opened" if os.fstat(fd).st_size == 0 else ""
