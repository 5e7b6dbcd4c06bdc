def attack():
    import os
    folder = T["engine"]
    return open(os.path.join(folder, "checks", "agrees.py")).read()
