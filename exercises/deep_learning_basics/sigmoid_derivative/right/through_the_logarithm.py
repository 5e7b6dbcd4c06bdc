sigmoid_derivative = r"""
log s(x) = -log(1 + exp(-x))
d/dx s(x) = s(x) d/dx log s(x)
= -s(x) d/dx log(1 + exp(-x))
= s(x) exp(-x)/(1 + exp(-x))
= s(x) (1 - s(x))
"""
