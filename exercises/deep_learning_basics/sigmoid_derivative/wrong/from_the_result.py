"""
fails: starts at the derivative of s
name: no derivative anywhere
credit: 0
mistake: no_start
"""

sigmoid_derivative = r"""
s(x) (1 - s(x)) = 1/(1 + exp(-x)) * exp(-x)/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
= s(x) (1 - s(x))
"""
