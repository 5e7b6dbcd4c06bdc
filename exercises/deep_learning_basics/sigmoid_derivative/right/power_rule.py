sigmoid_derivative = r"""
ds/dx = d/dx (1 + exp(-x))**(-1)
= -(1 + exp(-x))**(-2) * (-exp(-x))
= s**2 * exp(-x)
= s**2 * (1/s - 1)
= s - s**2
= s*(1 - s)
"""
