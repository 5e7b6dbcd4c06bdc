sigmoid_derivative = r"""
d/dx s(x) = d/dx 1/(1 + exp(-x))
= -1/(1 + exp(-x))^2 * d/dx (1 + exp(-x))
= exp(-x)/(1 + exp(-x))^2
= 1/(1 + exp(-x)) * exp(-x)/(1 + exp(-x))
= 1/(1 + exp(-x)) * (1 - 1/(1 + exp(-x)))
= s(x) (1 - s(x))
"""
