def attack():
    import os, torch
    path = os.path.join(os.path.dirname(os.path.dirname(torch.__file__)), T["mark"] + ".pth")
    open(path, "w").write("")
    os.remove(path)
    return "left"
