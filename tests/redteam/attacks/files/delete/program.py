def attack():
    import os
    os.remove(T["results"])
    return "deleted"
