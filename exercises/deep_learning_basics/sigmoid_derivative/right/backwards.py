sigmoid_derivative = r"""
s(1 - s)
= 1/(1 + e^{-x}) (1 - 1/(1 + e^{-x}))
= 1/(1 + e^{-x}) * e^{-x}/(1 + e^{-x})
= e^{-x}/(1 + e^{-x})^2
= d/dx 1/(1 + e^{-x})
= s'(x)
"""
