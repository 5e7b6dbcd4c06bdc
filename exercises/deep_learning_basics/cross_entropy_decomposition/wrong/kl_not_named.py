"""
fails: ends in H(p) + KL(p‖q)
name: the parts are not named
credit: 0.875
mistake: no_end
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(p(x)/q(x))
"""
