# these are anna's own words
def mean_square(x):
    return (x**2).mean()
