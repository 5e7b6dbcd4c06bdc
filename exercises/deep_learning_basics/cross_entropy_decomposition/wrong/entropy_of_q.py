"""
fails: every line follows
name: the entropy of q
credit: 0.65
tell: -sum_x p(x) log p(x) is the entropy of p, H(p). You write H(q).
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= H(q) + KL(p || q)
"""
