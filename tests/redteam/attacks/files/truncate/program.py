def attack():
    import os
    os.truncate(T["results"], 0)
    return "truncated"
