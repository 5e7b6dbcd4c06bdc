def attack():
    import socket
    socket.create_connection(("::1", T["tcp6"]), 2)
    return "connected"
