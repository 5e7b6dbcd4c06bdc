def attack():
    import socket
    s = socket.socket(socket.AF_UNIX)
    s.bind("\0meet" + T["mark"])
    s.listen()
    return "listening"
