def attack():
    block = bytearray(3 << 30)
    return len(block)
