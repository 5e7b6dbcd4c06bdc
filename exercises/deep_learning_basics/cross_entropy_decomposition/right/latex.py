cross_entropy_decomposition = r"""
\begin{align*}
H(p, q) &= -\sum_x p(x) \log q(x) \\
 &= -\sum_x p(x) \left[ \log p(x) + \log \frac{q(x)}{p(x)} \right] && \text{add and subtract} \\
 &= \underbrace{-\sum_x p(x) \log p(x)}_{H(p)} + \sum_x p(x) \log \frac{p(x)}{q(x)} \\
 &= H(p) + \mathrm{KL}(p \,\|\, q)
\end{align*}
"""
