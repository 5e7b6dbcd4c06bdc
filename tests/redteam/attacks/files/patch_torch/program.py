def attack():
    import torch
    open(torch.__file__, "r+").close()
    return "opened"
