cross_entropy_decomposition = r"""
H(p, q) = -E_p[log q(x)]
= -E_p[log p(x) + log q(x) - log p(x)]
= -E_p[log p(x)] + E_p[log p(x) - log q(x)]
= H(p) + KL(p || q)
"""
