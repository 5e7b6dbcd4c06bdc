"""
fails: starts at H(p, q)
name: H(q, p) in place of H(p, q)
credit: 0
mistake: no_start
"""

cross_entropy_decomposition = r"""
H(q, p) = -sum_x q(x) log p(x)
= -sum_x q(x) log q(x) + sum_x q(x) log(q(x)/p(x))
= H(q) + KL(q || p)
"""
