"""
fails: every line follows
name: the inner derivative forgotten
credit: 0.5
tell: The inner derivative is missing: by the chain rule -1/(1 + exp(-x))^2 still has to be multiplied with d/dx (1
    + exp(-x)) = -exp(-x).
"""

sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -1/(1 + exp(-x))^2
= -s(x)^2
"""
