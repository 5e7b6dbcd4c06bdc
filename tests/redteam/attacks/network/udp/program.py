def attack():
    import socket
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"answers", ("127.0.0.1", T["udp"]))
    return "sent"
