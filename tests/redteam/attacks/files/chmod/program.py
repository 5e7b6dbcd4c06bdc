def attack():
    import os
    os.chmod(T["results"], 0o600)
    return "changed" if os.stat(T["results"]).st_mode & 0o777 == 0o600 else ""
