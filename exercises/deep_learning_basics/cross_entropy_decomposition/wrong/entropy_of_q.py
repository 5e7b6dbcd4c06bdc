"""
fails: every line follows
name: the entropy of q
credit: 0.65
mistake: entropy_of_q
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= H(q) + KL(p || q)
"""
