"""
fails: every line follows
name: the terms of the quotient rule swapped
credit: 0.5
mistake: sign_of_the_inner_derivative
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= (1 * d/dx (1 + exp(-x)) - 0)/(1 + exp(-x))^2
= -exp(-x)/(1 + exp(-x))^2
= -s(x) (1 - s(x))
"""
