"""
fails: every line follows
name: the inner derivative forgotten
credit: 0.5
mistake: inner_derivative_forgotten
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -1/(1 + exp(-x))^2
= -s(x)^2
"""
