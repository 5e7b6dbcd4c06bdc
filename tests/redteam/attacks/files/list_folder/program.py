def attack():
    import os
    return os.listdir(os.path.dirname(T["canary"]))
