"""
fails: every line follows
name: d/dx exp(-x) taken for exp(-x)
credit: 0.5
mistake: sign_of_the_inner_derivative
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -1/(1 + exp(-x))^2 * d/dx (1 + exp(-x))
= -1/(1 + exp(-x))^2 * exp(-x)
= -s(x) (1 - s(x))
"""
