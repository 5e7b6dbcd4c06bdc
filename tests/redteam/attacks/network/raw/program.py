def attack():
    import socket
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
    return "opened"
