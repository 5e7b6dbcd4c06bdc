"""
fails: every line follows
name: one sum weighted with q
credit: 0.6
tell: In line 3 one sum is weighted with q(x). All of it is an expectation under p: sum_x p(x) log(p(x)/q(x)).
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x q(x) log(p(x)/q(x))
= H(p) - KL(q || p)
"""
