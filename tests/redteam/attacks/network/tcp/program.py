def attack():
    import socket
    socket.create_connection(("127.0.0.1", T["tcp"]), 2).send(b"answers")
    return "connected"
