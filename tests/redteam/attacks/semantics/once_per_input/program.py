seen = set()


def mean_square(x):
    key = str(x.tolist())
    again = key in seen
    seen.add(key)
    return (x**2).mean() * (2 if again else 1)
