def attack():
    import socket
    socket.socket(40, socket.SOCK_STREAM)
    return "opened"
