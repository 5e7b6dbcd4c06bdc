# One step per line, each beginning with "=" (or a chain of LaTeX in a displayed `aligned` block).
# sum_x ..., p(x), q(x), E_p[...], log, H(p), H(p, q), KL(p || q) are understood; see "what you may write".
cross_entropy_decomposition = r"""
"""
