def attack():
    return open(T["canary"]).read()
