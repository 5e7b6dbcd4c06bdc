def attack():
    import socket
    s = socket.socket(socket.AF_UNIX)
    s.connect("\0" + T["abstract"])
    return "connected"
