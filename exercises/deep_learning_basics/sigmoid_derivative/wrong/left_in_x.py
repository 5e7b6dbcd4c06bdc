"""
fails: ends in s (1 - s)
name: left as a formula in x
credit: 0.83333333
mistake: no_end
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -1/(1 + exp(-x))^2 * d/dx (1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
"""
