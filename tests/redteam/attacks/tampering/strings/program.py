def mean_square(x):
    return f"<b>{float((x**2).mean())}</b> %s{0} $\\frac{{1}}{{2}}$"
