def attack():
    import os
    os.rename(T["results"], T["results"] + ".old")
    return "renamed"
