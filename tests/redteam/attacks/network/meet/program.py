def attack():
    import socket
    s = socket.socket(socket.AF_UNIX)
    s.bind("\0" + T["mark"])
    s.listen()
    return "listening"
