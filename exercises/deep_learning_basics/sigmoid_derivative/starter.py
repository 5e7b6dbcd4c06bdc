# One step per line, each beginning with "=" (or a chain of LaTeX in a displayed `aligned` block).
# d/dx ..., s'(x), s(x), exp(-x) (or e^{-x}) are understood; see "what you may write".
sigmoid_derivative = r"""
"""
