sigmoid_derivative = r"""
s(x) = e^x/(e^x + 1)
d/dx s(x) = d/dx e^x/(e^x + 1)
= (e^x (e^x + 1) - e^x e^x)/(e^x + 1)^2
= e^x/(e^x + 1) * 1/(e^x + 1)
= e^x/(e^x + 1) * (1 - e^x/(e^x + 1))
= s(x) (1 - s(x))
"""
