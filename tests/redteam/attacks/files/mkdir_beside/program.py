def attack():
    import os
    os.mkdir(T["results"] + ".d")
    return "made"
