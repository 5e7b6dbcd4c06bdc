"""
fails: every line follows
name: the square of the denominator forgotten
credit: 0.5
mistake: square_forgotten
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))
= 1 - 1/(1 + exp(-x))
= 1 - s(x)
"""
