"""
fails: every line follows
name: the sign of the KL
credit: 0.65
mistake: sign_of_a_term
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= H(p) - KL(p || q)
"""
