def attack():
    import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.connect(("127.0.0.1", T["udp"]))
    s.send(b"query")
    return "asked"
