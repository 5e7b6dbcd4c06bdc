"""
fails: every line follows
name: the sign of the inner derivative
credit: 0.5
mistake: sign_of_the_inner_derivative
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -exp(-x)/(1 + exp(-x))^2
= -1/(1 + exp(-x)) * exp(-x)/(1 + exp(-x))
= -s(x) (1 - s(x))
"""
