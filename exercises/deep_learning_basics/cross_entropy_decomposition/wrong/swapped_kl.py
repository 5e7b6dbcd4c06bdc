"""
fails: every line follows
name: KL the wrong way round
credit: 0.65
mistake: kl_the_wrong_way_round
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
= H(p) + KL(q || p)
"""
