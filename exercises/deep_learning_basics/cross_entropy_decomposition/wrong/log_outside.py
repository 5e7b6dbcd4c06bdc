"""
fails: every line follows
name: the logarithm taken outside the sum
credit: 0.6
mistake: logarithm_taken_outside
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -log(sum_x p(x) q(x)/p(x)) - sum_x p(x) log p(x)
= H(p)
"""
