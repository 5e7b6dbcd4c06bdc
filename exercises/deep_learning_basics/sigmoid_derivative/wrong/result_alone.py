"""
fails: differentiates
name: the claim alone
credit: 0.08333333
mistake: not_differentiated
"""

sigmoid_derivative = r"""
d/dx s(x) = s(x) (1 - s(x))
"""
