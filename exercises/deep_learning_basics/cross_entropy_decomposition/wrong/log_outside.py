"""
fails: every line follows
name: the logarithm taken outside the sum
credit: 0.6875
mistake: logarithm_taken_outside
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log p(x) - sum_x p(x) log(q(x)/p(x))
= H(p) - log(sum_x p(x) q(x)/p(x))
= H(p)
"""
