sigmoid_derivative = r"""
\begin{align*}
s'(x) &= \frac{d}{dx} \frac{1}{1 + e^{-x}} \\
 &= \frac{0 \cdot (1 + e^{-x}) - 1 \cdot (-e^{-x})}{(1 + e^{-x})^2} && \text{quotient rule} \\
 &= \frac{(1 + e^{-x}) - 1}{(1 + e^{-x})^2} \\
 &= \frac{1}{1 + e^{-x}} - \left(\frac{1}{1 + e^{-x}}\right)^2 \\
 &= s(x) - s(x)^2 = s(x)\,(1 - s(x))
\end{align*}
"""
