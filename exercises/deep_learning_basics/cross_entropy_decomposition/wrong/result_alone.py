"""
fails: starts at H(p, q)
name: the result alone
credit: 0
mistake: no_start
"""

cross_entropy_decomposition = r"""
H(p) + sum_x p(x) log(p(x)/q(x))
= H(p) + KL(p || q)
"""
