def attack():
    import socket
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.sendto(b"x", T["unix_datagram"])
    return "sent"
