"""
fails: every line follows
name: the ratio turned round
credit: 0.6
tell: The ratio is turned round: -log(q(x)/p(x)) = log(p(x)/q(x)), and this is what the KL sums up.
"""

cross_entropy_decomposition = r"""
H(p, q) = -sum_x p(x) log q(x)
= -sum_x p(x) log(p(x) q(x)/p(x))
= -sum_x p(x) log p(x) + sum_x p(x) log(q(x)/p(x))
= H(p) + sum_x p(x) log(q(x)/p(x))
= H(p) - KL(p || q)
"""
