def attack():
    return open(T["other"]).read()
