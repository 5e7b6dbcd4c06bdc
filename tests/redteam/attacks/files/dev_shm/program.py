def attack():
    open("/dev/shm/" + T["mark"], "w").write("x")
    return "left"
