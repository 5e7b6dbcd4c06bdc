def attack():
    import socket
    socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0)
    return "opened"
