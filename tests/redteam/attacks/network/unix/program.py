def attack():
    import socket
    s = socket.socket(socket.AF_UNIX)
    s.connect(T["unix"])
    return "connected"
