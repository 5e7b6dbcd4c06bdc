def attack():
    import os
    return "ran" if os.system("true") == 0 else ""
