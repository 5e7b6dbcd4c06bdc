"""
fails: every line follows
name: the square of the denominator forgotten
credit: 0.5
tell: The square is missing: the derivative of 1/u is -u'/u^2.
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))
= 1 - 1/(1 + exp(-x))
= 1 - s(x)
"""
