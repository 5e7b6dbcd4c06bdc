def attack():
    import os
    os.setxattr(T["results"], "user.score", b"1")
    return "attached" if b"1" == os.getxattr(T["results"], "user.score") else ""
