"""
fails: every line follows
name: one sum weighted with q
credit: 0.6
mistake: q_for_p_as_weight
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x q(x) log(p(x)/q(x))
= H(p) - KL(q || p)
"""
