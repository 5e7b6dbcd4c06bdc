def attack():
    files = []
    for _ in range(3000):
        files.append(open(__import__("torch").__file__))
    return len(files)
