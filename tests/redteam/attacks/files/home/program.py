def attack():
    import os
    path = os.path.join(T["home"], "." + T["mark"])
    open(path, "w").write("x")
    return "left"
