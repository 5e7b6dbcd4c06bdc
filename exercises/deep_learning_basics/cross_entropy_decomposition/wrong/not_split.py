"""
fails: splits the sum
name: the sum is not split
credit: 0.8125
mistake: not_sum_split
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= H(p) + KL(p || q)
"""
