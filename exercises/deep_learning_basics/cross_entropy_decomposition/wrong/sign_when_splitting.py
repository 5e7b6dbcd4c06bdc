"""
fails: every line follows
name: a sign lost when the sum is split
credit: 0.65
mistake: sign_of_a_term
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) - sum_x p(x) log(p(x)/q(x))
= H(p) - KL(p || q)
"""
