"""
fails: every line follows
name: the ratio turned round
credit: 0.6
mistake: logarithm_turned_round
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(q(x)/p(x))
= H(p) + sum_x p(x) log(q(x)/p(x))
= H(p) - KL(p || q)
"""
