"""
fails: every line follows
name: the tangent's derivative
credit: 0.5
mistake: hyperbolic_tangent
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
= 1 - s(x)^2
"""
