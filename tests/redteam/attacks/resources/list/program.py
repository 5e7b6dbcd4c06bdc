def attack():
    block = [0] * 1000
    while len(block) < 3 << 27:
        block += block
    return len(block)
