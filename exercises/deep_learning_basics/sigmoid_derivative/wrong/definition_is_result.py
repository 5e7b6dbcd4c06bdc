"""
fails: differentiates
name: the definition and the result, nothing between
credit: 0.08333333
mistake: not_differentiated
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= s(x) (1 - s(x))
"""
