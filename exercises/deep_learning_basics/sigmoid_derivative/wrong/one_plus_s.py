"""
fails: every line follows
name: 1 + s in place of 1 - s
credit: 0.75
mistake: sign_of_a_term
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
= 1/(1 + exp(-x)) * exp(-x)/(1 + exp(-x))
= s(x) (1 + s(x))
"""
