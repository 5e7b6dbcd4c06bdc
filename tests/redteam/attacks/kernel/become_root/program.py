def attack():
    import os
    if os.getuid() != 0:
        os.setuid(0)
    open("mine", "w").close()
    os.chown("mine", 12345, 12345)
    return "has root's powers" if os.stat("mine").st_uid == 12345 else ""
