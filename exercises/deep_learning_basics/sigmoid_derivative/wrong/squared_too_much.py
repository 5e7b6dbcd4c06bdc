"""
fails: every line follows
name: one square too many
credit: 0.75
mistake: one_square_too_many
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
= (1/(1 + exp(-x)))^2 * (1 - 1/(1 + exp(-x)))
= s(x)^2 (1 - s(x))
"""
